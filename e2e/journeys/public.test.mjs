// A reader of the public site, on a phone and on a desktop, without scripts.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { startDemo, startBrowser, axe, overflows, shot } from "../lib/site.mjs";

let site;
let browser;

before(async () => {
  site = await startDemo();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

test("from the first page to a document, without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "vi-VN" });
  const page = await context.newPage();
  await page.goto(`${site.url}/`);
  await page.getByRole("navigation").first().getByRole("link", { name: "Văn bản", exact: true }).click();
  await page.getByLabel("Loại văn bản").selectOption("Quyết định");
  await page.getByRole("button", { name: "Lọc" }).click();
  assert.match(page.url(), /muc=Quy/);
  const link = page.locator("table a").first();
  const title = await link.innerText();
  await link.click();
  assert.equal(await page.locator("h1").innerText(), title);
  await page.getByRole("button", { name: "Chữ rất lớn" }).click();
  assert.equal(await page.locator("html").getAttribute("data-size"), "largest");
  await context.close();
});

test("a document is found by words without marks, narrowed, without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "vi-VN" });
  const page = await context.newPage();
  // The index is made in the background after the start.
  for (let tries = 0; (await page.goto(`${site.url}/tim-kiem`)).status() === 503; tries += 1) {
    assert.ok(tries < 100, "the index is not made");
    await new Promise((done) => setTimeout(done, 200));
  }
  await page.goto(`${site.url}/`);
  await page.getByRole("searchbox").fill("tuyen truyen");
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("link", { name: "Văn bản", exact: false }).and(page.locator(".facet a")).first().click();
  assert.match(page.url(), /muc=van-ban/);
  const first = page.locator(".hit a").first();
  assert.match(await first.innerText(), /tuyên truyền/i);
  assert.ok((await page.locator(".hit mark").count()) > 0);
  const title = await first.innerText();
  await first.click();
  assert.equal(await page.locator("h1").innerText(), title);
  await context.close();
});

test("suggestions come while one types and are reached by the arrow keys", async () => {
  const page = await browser.newPage();
  await page.goto(`${site.url}/tim-kiem`);
  await page.getByRole("searchbox").fill("ke hoach tuyen tr");
  await page.locator(".suggest a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Kế hoạch tuyên truyền/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".suggest").isVisible(), false);
  await page.close();
});

test("public pages are accessible and fit 320 px in both themes", async () => {
  const paths = ["/", "/tin-tuc", "/van-ban", "/thong-bao", "/lien-he", "/so-do", "/du-lieu-mo", "/tim-kiem?q=ke+hoach&muc=van-ban", "/tim-kiem?q=khong+co+gi+xyz"];
  for (const options of [{ viewport: { width: 320, height: 700 } }, { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }]) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const foreign = [];
    page.on("request", (request) => request.url().startsWith(site.url) || foreign.push(request.url()));
    for (const path of paths) {
      await page.goto(site.url + path);
      assert.deepEqual(await axe(page), [], path);
      assert.equal(await overflows(page), false, path);
      await shot(page, `public${path.replaceAll(/\W/g, "-")}-${options.viewport.width}`);
    }
    assert.deepEqual(foreign, []);
    await context.close();
  }
});
