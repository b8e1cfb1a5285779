// A reader of the public site, on a phone and on a desktop, without scripts; and how what is read came there.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { startDemo, startBrowser, signIn, axe, overflows, shot } from "../lib/site.mjs";

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
  const paths = ["/", "/tin-tuc", "/van-ban", "/thong-bao", "/ban-tin/chuong-trinh", "/lien-he", "/hop-bao", "/so-do", "/du-lieu-mo", "/tim-kiem?q=ke+hoach&muc=van-ban", "/tim-kiem?q=khong+co+gi+xyz"];
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

const TITLE = "Hội nghị sơ kết công tác tuyên truyền";

async function as(who) {
  const context = await browser.newContext({ locale: "vi-VN" });
  context.setDefaultTimeout(15_000);
  return signIn(context, site, who);
}

/** The act's own page shows what is acted on; its button has the same name. */
async function act(page, address, name, reason) {
  await page.goto(address);
  await page.getByRole("link", { name, exact: true }).click();
  if (reason) await page.getByRole("textbox").first().fill(reason);
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForURL((url) => url.pathname === new URL(address).pathname);
}

test("a text is written in the editor, approved by another, read by all, and gone everywhere once withdrawn", async () => {
  const radio = await as("radio");
  await radio.goto(`${site.url}/publications/new/news`);
  await radio.getByLabel(/^Tiêu đề/).fill(TITLE);
  const text = radio.getByRole("textbox", { name: /^Nội dung/ });
  await text.click();
  await radio.keyboard.type("Sáng nay, hội nghị diễn ra.");
  await radio.keyboard.press("Enter");
  await radio.getByRole("button", { name: "Gạch đầu dòng" }).click();
  // The text takes the focus back with the next picture of the page.
  await radio.waitForFunction(() => document.activeElement?.isContentEditable);
  await radio.keyboard.type("Việc thứ nhất");
  assert.deepEqual(await axe(radio), []);
  await shot(radio, "editor");
  await radio.setViewportSize({ width: 320, height: 700 });
  assert.equal(await overflows(radio), false);
  await radio.setViewportSize({ width: 1280, height: 900 });
  await radio.getByRole("button", { name: "Lưu" }).click();
  await radio.waitForURL(/\/publications\/[0-9A-Z]{26}$/);
  const address = radio.url();
  assert.match(await radio.locator(".prose").first().innerHTML(), /<ul>\s*<li>\s*<p>Việc thứ nhất<\/p>/);
  await act(radio, address, "Trình duyệt");
  assert.equal(await radio.getByRole("link", { name: "Duyệt", exact: true }).count(), 0);

  const leader = await as("leader");
  await act(leader, address, "Duyệt");
  await act(leader, address, "Đăng");
  const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await reader.goto(`${site.url}/tin-tuc`);
  await reader.getByRole("link", { name: TITLE }).click();
  const page = reader.url();
  assert.match(await reader.locator("main").innerText(), /Việc thứ nhất/);
  await shot(reader, "article");

  await act(leader, address, "Gỡ", "Đăng nhầm");
  assert.equal((await reader.goto(page)).status(), 410);
  for (const path of ["/", "/tin-tuc", "/tin-tuc/rss.xml", "/sitemap.xml"]) {
    const answer = await reader.request.get(site.url + path);
    assert.ok(!(await answer.text()).includes(TITLE), path);
  }
});
