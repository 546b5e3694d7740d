// Decodes one picture file after the other and makes it small, away from the page's thread: twelve photos are 600 MB of
// pixels. The page sends {file, short, long, most} and gets {width, height, full, rgba} or {error}.
//
// A picture comes so small that its shorter side is `short` at most, and its longer one `long` at most; never larger than
// it is. Which files are pictures, and what becomes of them, the page decides (src/ui/panels/data/pictures).
const decode = async file => {
  const options = { premultiplyAlpha: "none", colorSpaceConversion: "none", imageOrientation: "from-image" };
  try {
    return await createImageBitmap(file, options);
  } catch (e) {
    // A browser that does not know one of the options says so with a TypeError.
    if (!(e instanceof TypeError)) throw e;
    return createImageBitmap(file);
  }
};

onmessage = async ({ data: { file, short, long, most } }) => {
  try {
    const bitmap = await decode(file);
    const full = [bitmap.width, bitmap.height];
    if (full[0] * full[1] > most) {
      bitmap.close();
      return postMessage({ error: "large", full });
    }
    const scale = Math.min(1, short / Math.min(...full), long / Math.max(...full));
    const [width, height] = full.map(n => Math.max(1, Math.round(n * scale)));
    let small = bitmap;
    if (width !== full[0] || height !== full[1]) {
      small = await createImageBitmap(bitmap, { resizeWidth: width, resizeHeight: height, resizeQuality: "high", premultiplyAlpha: "none" });
      bitmap.close();
    }
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    context.drawImage(small, 0, 0);
    small.close();
    const rgba = context.getImageData(0, 0, width, height).data.buffer;
    postMessage({ width, height, full, rgba }, [rgba]);
  } catch (e) {
    postMessage({ error: String(e && e.name || e) });
  }
};
