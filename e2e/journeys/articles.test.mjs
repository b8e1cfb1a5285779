// What the sanitiser of articles lets through, put into a page without any content security policy: nothing runs,
// nothing leads elsewhere in disguise, and the tree stays the same when it is written out and read again.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startBrowser, target } from "../lib/site.mjs";

// Written by crates/rich-text/tests/hostile, which makes the texts and cleans them.
const cleaned = JSON.parse(readFileSync(join(target, "tmp/hostile.json"), "utf8"));

const ORIGIN = "http://articles.test";

let browser;
let page;

before(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
  // One page of the test; whatever else is asked for is refused.
  await page.route("**/*", (route) => route.request().url() === `${ORIGIN}/`
    ? route.fulfill({ contentType: "text/html", body: "<!doctype html><title>x</title><main></main>" })
    : route.abort());
  await page.goto(`${ORIGIN}/`);
  await page.evaluate(() => { globalThis.ran = () => { globalThis.times = (globalThis.times ?? 0) + 1; }; });
});

after(() => browser?.close());

/** Shows each text in the page; gives how often a program ran, after those that start late. */
function show(texts) {
  return page.evaluate(async (all) => {
    globalThis.times = 0;
    const main = document.querySelector("main");
    for (const text of all) main.innerHTML = text;
    main.innerHTML = all.join("");
    await new Promise((done) => setTimeout(done, 1000));
    main.innerHTML = "";
    return globalThis.times;
  }, texts);
}

test("a program in a text that was not cleaned runs in this page", async () => {
  assert.ok((await show(["<img src=x onerror=ran()>"])) > 0);
});

test("no program runs in any cleaned text", async () => {
  assert.ok(cleaned.length > 300);
  assert.equal(await show(cleaned), 0);
});

test("what is left are addresses of the web, of mail and telephone, and pictures of our own", async () => {
  const faults = await page.evaluate((all) => all.flatMap((text) => {
    const place = document.createElement("div");
    place.innerHTML = text;
    return [...place.querySelectorAll("*")].flatMap((element) => {
      const bad = [...element.attributes].filter(({ name }) => /^on|^style$|:/i.test(name)).map(({ name }) => name);
      const { protocol } = element;
      if (element.localName === "a" && element.hasAttribute("href")) {
        const scheme = /^[a-z][a-z0-9+.-]*:/i.test(element.getAttribute("href").trim());
        if (!["http:", "https:", "mailto:", "tel:"].includes(protocol)) bad.push(element.href);
        if (!scheme && element.origin !== location.origin) bad.push(element.href);
      }
      if (element.localName === "img" && !element.src.startsWith(`${location.origin}/tep/`)) bad.push(element.src);
      return bad.map((what) => `${what} in ${text}`);
    });
  }), cleaned);
  assert.deepEqual(faults.slice(0, 10), []);
});

test("a cleaned text written out and read again is the same tree", async () => {
  const changed = await page.evaluate((all) => all.filter((text) => {
    const [first, second] = [document.createElement("div"), document.createElement("div")];
    first.innerHTML = text;
    second.innerHTML = first.innerHTML;
    return !first.isEqualNode(second);
  }), cleaned);
  assert.deepEqual(changed.slice(0, 10), []);
});
