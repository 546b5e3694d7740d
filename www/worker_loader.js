// Starts the training worker's program. With `?module` in the address the page sends the compiled program, so that it is
// compiled once for all workers; without it, or when the page could not compile it, the worker fetches its own.
import init from "./worker.js";

// The handler stands before anything is awaited: a module worker's messages are lost until there is one.
const given = new URL(import.meta.url).searchParams.has("module")
  ? new Promise((resolve) => { onmessage = ({ data }) => resolve(data.module ?? undefined); })
  : undefined;
const module = await given;
await init(module && { module_or_path: module });
