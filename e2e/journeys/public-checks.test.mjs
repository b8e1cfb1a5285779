// What every public page must be: without faults axe-core finds, no wider than a phone, light, alone. Its HTML is checked
// in markup.test.mjs.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { startDemo, startBrowser, axe, overflows, shot } from "../lib/site.mjs";

/** Bytes an article may weigh over the wire, without its pictures. */
const BUDGET = 60 * 1024;

let site;
let browser;
let paths;

before(async () => {
  site = await startDemo();
  browser = await startBrowser();
  const items = [];
  for (const list of ["/tin-tuc", "/van-ban"]) {
    const html = await (await fetch(site.url + list)).text();
    const found = html.match(new RegExp(`href="(${list}/[^"]*-[0-9A-Z]{26})"`));
    if (found) items.push(found[1]);
  }
  assert.equal(items.length, 2, "the demo has news and documents");
  paths = ["/", "/tin-tuc", "/van-ban", "/ban-tin", "/phat-ngon", "/lien-he", "/hop-bao", "/so-do", "/du-lieu-mo", "/thoi-han",
    "/tro-nang", "/gop-y", "/gop-y/bien-nhan", ...items];
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

test("every public page passes axe-core and fits 320 px and a desktop", async () => {
  for (const width of [320, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: "vi-VN" });
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(site.url + path);
      assert.deepEqual(await axe(page), [], `${path} at ${width}`);
      assert.equal(await overflows(page), false, `${path} at ${width}`);
      await shot(page, `check${path.replace(/-[0-9A-Z]{26}$/, "").replaceAll("/", "-")}-${width}`);
    }
    await context.close();
  }
});

test("an article weighs at most 60 KB over the wire without pictures, and asks nobody else", async () => {
  for (const path of paths.slice(-2)) {
    const context = await browser.newContext({ locale: "vi-VN" });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const kinds = new Map();
    const foreign = [];
    let weight = 0;
    session.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
      kinds.set(requestId, type);
      if (!request.url.startsWith(site.url) && !request.url.startsWith("data:")) foreign.push(request.url);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (!["Image", "Media"].includes(kinds.get(requestId))) weight += encodedDataLength;
    });
    await page.goto(site.url + path, { waitUntil: "networkidle" });
    assert.deepEqual(foreign, []);
    assert.ok(weight > 0 && weight <= BUDGET, `${path}: ${weight} bytes`);
    await context.close();
  }
});
