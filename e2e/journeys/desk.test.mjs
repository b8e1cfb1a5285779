// The clerk's year: from the sign-in page to the report, and down from a figure to its records.
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

async function as(who, options = {}) {
  const context = await browser.newContext({ locale: "vi-VN", ...options });
  const page = await signIn(context, site, who);
  return { context, page };
}

async function reportPath(page) {
  await page.goto(`${site.url}/reports`);
  return page.locator("table a").first().getAttribute("href");
}

test("a wrong password says so and keeps the account", async () => {
  const context = await browser.newContext();
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${site.url}/desk`);
  assert.match(page.url(), /\/sign-in/);
  await page.getByLabel(/^Tên đăng nhập/).fill(site.accounts.clerk.account);
  await page.getByLabel(/^Mật khẩu/).fill("không phải mật khẩu này");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  assert.equal(await page.getByLabel(/^Tên đăng nhập/).inputValue(), site.accounts.clerk.account);
  assert.equal(await page.getByLabel(/^Mật khẩu/).inputValue(), "");
  assert.deepEqual(await axe(page), []);
  await shot(page, "sign-in-wrong");
  await context.close();
});

test("the report shows 513, 1.627, 05 and 100% and each figure opens its records", async () => {
  const { context, page } = await as("clerk");
  await page.goto(site.url + (await reportPath(page)));
  const rowText = async (title) => page.getByRole("row").filter({ hasText: title }).first().innerText();
  assert.match(await rowText("do Đài truyền thanh cung cấp"), /513/);
  assert.match(await rowText("Số văn bản đăng Cổng thông tin điện tử"), /1\.627/);
  assert.match(await rowText("Số văn bản cung cấp thông tin theo yêu cầu"), /05/);
  assert.match(await rowText("Tỷ lệ câu hỏi trả lời đúng thời hạn"), /100%/);
  await shot(page, "report");
  await page.getByRole("link", { name: /Số văn bản cung cấp thông tin theo yêu cầu/ }).first().click();
  await page.waitForURL(/\/figures\//);
  const records = page.locator('a[href^="/registers/outgoing_documents/"], a[href^="/registers/press_requests/"]');
  assert.ok((await records.count()) >= 5, "the five documents are listed");
  assert.deepEqual(await axe(page), []);
  await shot(page, "figure");
  await context.close();
});

test("the document can be seen and saved as DOCX and PDF", async () => {
  const { context, page } = await as("leader");
  const path = await reportPath(page);
  const preview = await page.goto(`${site.url}${path}/preview`);
  assert.equal(preview.status(), 200);
  assert.match(await page.locator("body").innerText(), /CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/);
  await shot(page, "document");
  for (const [name, magic] of [["bao-cao.docx", "PK"], ["bao-cao.pdf", "%PDF"]]) {
    const file = await context.request.get(`${site.url}${path}/files/${name}`);
    assert.equal(file.status(), 200);
    assert.equal((await file.body()).subarray(0, magic.length).toString(), magic);
  }
  await context.close();
});

test("a question answered late makes 100% into the true figure", async () => {
  const { context, page } = await as("clerk");
  const figure = `${site.url}/figures/questions.on_time?period=2020`;
  await page.goto(figure);
  assert.match(await page.locator("main").innerText(), /100\s?%/);
  const record = await page.locator('a[href^="/registers/questions/"]').first().getAttribute("href");
  await page.goto(`${site.url}${record}/edit`);
  await page.getByLabel("Ngày trả lời", { exact: false }).first().fill("31/12/2020");
  await page.getByRole("button", { name: "Lưu" }).first().click();
  await page.goto(figure);
  assert.doesNotMatch(await page.locator("main").innerText(), /100\s?%/);
  assert.match(await page.locator("main").innerText(), /99,2\s?%/);
  const path = await reportPath(page);
  await page.goto(site.url + path);
  assert.match(await page.locator("main").innerText(), /Số liệu đã thay đổi so với lúc chốt/);
  await context.close();
});

test("every main page is sound for axe, and fits 320 px without scripts", async () => {
  const pages = ["/desk", "/registers", "/registers/questions", "/registers/questions/new", "/import", "/reports", "/calendar", "/law", "/units", "/account", "/thoi-han", "/radio", "/radio/upload", "/radio/programme"];
  const { context, page } = await as("clerk");
  for (const path of pages) {
    const answer = await page.goto(site.url + path);
    assert.equal(answer.status(), 200, path);
    assert.deepEqual(await axe(page), [], path);
    await shot(page, `desk${path.replaceAll("/", "-")}`);
  }
  await context.close();
  const phone = await as("clerk", { viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  for (const path of pages) {
    await phone.page.goto(site.url + path);
    await shot(phone.page, `phone${path.replaceAll("/", "-")}`);
    const width = await phone.page.locator("html").evaluate((html) => html.scrollWidth).catch(() => 320);
    assert.ok(width <= 320, `${path} is ${width} px wide`);
  }
  await phone.context.close();
});

test("the superior sees reports and no register", async () => {
  const { context, page } = await as("superior");
  assert.equal((await page.goto(`${site.url}/reports`)).status(), 200);
  assert.equal((await page.goto(`${site.url}/registers/questions`)).status(), 403);
  await context.close();
});
