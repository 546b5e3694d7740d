// Starts the training worker's program. With `?module` in the address the page sends the compiled program, so that it is
// compiled once for all workers; without it, or when the page could not compile it, the worker fetches its own.
// With `?card` it is the program with a graphics card.
// A module worker, since only its failed start reaches the page as an `error` event.

const asked = new URL(import.meta.url).searchParams;
// The handler stands before anything is awaited: a module worker's messages are lost until there is one.
const given = asked.has("module")
  ? new Promise((resolve) => { onmessage = ({ data }) => resolve(data.module ?? undefined); })
  : undefined;
const { default: init } = await import(asked.has("card") ? "./card.js" : "./worker.js");
const module = await given;
await init(module && { module_or_path: module });
