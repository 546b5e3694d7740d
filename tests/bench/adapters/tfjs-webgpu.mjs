// TensorFlow.js on its WebGPU backend.
import "@tensorflow/tfjs-backend-webgpu";
import { tensorflow } from "./tfjs.mjs";

export default tensorflow("tfjs-webgpu", (tf) => tf.setBackend("webgpu"), () => ({}), { lookUp: true });
