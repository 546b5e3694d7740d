// TensorFlow.js on its wasm backend, one thread.
import { setWasmPaths, setThreadsCount, getThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { tensorflow } from "./tfjs.mjs";

const setup = async (tf) => {
  setWasmPaths(new URL("tfjs-wasm/", import.meta.url).href);
  setThreadsCount(1);
  await tf.setBackend("wasm");
};
const info = async (tf) => ({ simd: await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"), threads: getThreadsCount() });
export default tensorflow("tfjs-wasm", setup, info, { slices: true });
