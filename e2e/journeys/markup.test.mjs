// The Nu checker of the W3C over what we serve: every kind of public page, pages of the desk, style sheets, pictures
// drawn as SVG. What is checked is saved first, so that the checker starts once for all. Feeds are checked by the schemas
// beside, which the same program reads.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, basename } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startDemo, startBrowser, signIn, assets } from "../lib/site.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

let site;
let browser;
let folder;

before(async () => {
  site = await startDemo();
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "phatngon-markup-"));
});

after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** What the checker says of a folder, a line each. */
async function check(name) {
  const place = join(folder, name);
  const options = ["-Xss1m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout", "--also-check-css", "--also-check-svg", place];
  const { stdout } = await promisify(execFile)("java", options, { maxBuffer: 1 << 28 });
  return JSON.parse(stdout).messages.map((said) => `${basename(said.url ?? "")}:${said.lastLine} ${said.type}: ${said.message} ${said.extract ?? ""}`);
}

let saved = 0;
function save(name, path, html) {
  mkdirSync(join(folder, name), { recursive: true });
  saved += 1;
  const slug = path.replace(/[^a-z0-9]+/gi, "-").slice(0, 60);
  writeFileSync(join(folder, name, `${saved}-${slug}.html`), html);
}

/** The page at `path` as `who` gets it, saved to be checked. */
async function take(name, who, path, expected = 200) {
  const answer = await who.get(site.url + path, { maxRedirects: 0 });
  assert.equal(answer.status(), expected, path);
  const html = await answer.text();
  save(name, path, html);
  return html;
}

/** The first address in a page that matches. */
function found(html, pattern) {
  return (html.match(pattern) ?? assert.fail(`${pattern} is nowhere`))[1].replaceAll("&#38;", "&").replaceAll("&amp;", "&");
}

async function as(who) {
  const context = await browser.newContext({ locale: "vi-VN", javaScriptEnabled: false });
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

const ARTICLE = `<h2>Lịch</h2><p lang="x y" align=center>Chữ <u>gạch</u>, <s>bỏ</s>, <abbr title="Ủy ban">UB</abbr>, H<sub>2</sub>O</p>
<table border=1 width=100%><caption>Bảng</caption><thead><tr><th scope="col">Ngày</th><th scope="col" colspan="2">Việc</th></tr></thead>
<tbody><tr><td rowspan="2">1</td><td>a</td><td>b</td></tr><tr><td colspan=0>c</td><td>d</td></tr></tbody></table>
<ol start="3"><li><p>Ba</p><ul><li>nhỏ</li></ul></li></ol><blockquote><p>Trích</p></blockquote><pre><code>x</code></pre><hr>
<p><a href="https://hanam.gov.vn/?a=1&b=2 3" target=_blank>liên kết</a> <a href="mailto:a@example.vn">thư</a></p>
<figure><img src="PICTURE" alt="Ảnh" width="3" height="x"><figcaption>Chú thích</figcaption></figure>`;

const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==", "base64");

/** An article with a table and a picture: as its author sees it, its preview, published, withdrawn. */
async function written() {
  const author = await as("radio");
  await author.goto(`${site.url}/publications/new/notice`);
  await author.locator('[name="title"]').fill("Lịch tiếp dân <năm> & bảng");
  await author.locator('[name="body"]').fill("Chữ");
  await author.locator("main form button.button-main").click();
  await author.waitForURL(/\/publications\/[0-9A-Z]{26}$/);
  const address = author.url();
  await author.goto(`${address}/attach`);
  await author.locator('input[type="file"]').setInputFiles({ name: "anh.png", mimeType: "image/png", buffer: PICTURE });
  for (const field of await author.locator('main form input[type="text"]').all()) await field.fill("Ảnh minh họa");
  await author.locator("main form button.button-main").first().click();
  await author.waitForLoadState();
  await author.goto(`${address}/edit`);
  const picture = found(await author.content(), /(\/tep\/[^"]+\.(?:png|webp|jpg))/);
  await author.locator('[name="body"]').fill(ARTICLE.replace("PICTURE", picture));
  await author.locator("main form button.button-main").click();
  await author.waitForURL((url) => url.pathname === new URL(address).pathname);
  const { pathname } = new URL(address);
  await take("desk", author.request, pathname);
  await take("desk", author.request, `${pathname}/edit`);
  await author.locator(`form[action$="/preview"] button`).click();
  const preview = new URL(found(await author.content(), /(http[^"<\s]*\/xem-truoc\/[0-9a-f]+)/));
  await take("public", author.request, preview.pathname);
  await act(author, address, "Trình duyệt");
  const leader = await as("leader");
  await act(leader, address, "Duyệt");
  await act(leader, address, "Đăng");
  const list = await take("public", leader.request, "/thong-bao");
  const page = found(list, /href="(\/thong-bao\/lich-tiep-dan[^"]*)"/);
  assert.match(await take("public", leader.request, page), /<table>.*<img src="\/tep/s);
  await act(leader, address, "Gỡ", "Đăng nhầm");
  await take("public", leader.request, page, 410);
}

/** What a reporter sees after asking: the number, and the page to follow it. */
async function asked() {
  const reporter = await (await browser.newContext({ locale: "vi-VN", javaScriptEnabled: false })).newPage();
  await reporter.goto(`${site.url}/yeu-cau-bao-chi`);
  await reporter.getByLabel(/^Cơ quan báo chí/).fill("Báo <Hà Nam>");
  await reporter.getByLabel(/^Họ và tên phóng viên/).fill("Nguyễn Thị Phóng");
  await reporter.getByLabel(/^Điện thoại hoặc thư/).fill("phong@bao.example");
  await reporter.getByLabel(/^Nội dung yêu cầu/).fill("Thu gom rác");
  await reporter.getByRole("button", { name: "Gửi yêu cầu" }).click();
  save("public", "press-refused", await reporter.content());
  await reporter.getByLabel(/^Câu hỏi/).fill("Bao nhiêu xã?");
  await reporter.getByLabel(/^Tôi đồng ý/).check();
  await reporter.getByRole("button", { name: "Gửi yêu cầu" }).click();
  await reporter.waitForURL(/tra-cuu\?ma=/);
  const { pathname, search } = new URL(reporter.url());
  await take("public", reporter.request, pathname + search);
  await take("public", reporter.request, pathname);
}

test("public pages, and what people write in them, are as the standard asks", async () => {
  for (let tries = 0; (await fetch(`${site.url}/tim-kiem`)).status === 503; tries += 1) {
    assert.ok(tries < 100, "the index is not made");
    await new Promise((done) => setTimeout(done, 200));
  }
  const { request } = await browser.newContext({ locale: "vi-VN" });
  const paths = ["/", "/tin-tuc", "/tin-tuc?trang=2", "/tin-tuc?muc=khong-co", "/van-ban", "/van-ban?nam=2020&trang=2", "/ban-tin",
    "/ban-tin/chuong-trinh", "/phat-ngon", "/lien-he", "/hop-bao", "/so-do", "/du-lieu-mo", "/thoi-han", "/tro-nang", "/gop-y",
    "/gop-y/bien-nhan", "/yeu-cau-bao-chi", "/tim-kiem", "/tim-kiem?q=quyet+dinh&trang=2", "/tim-kiem?q=khongcogi",
    "/tim-kiem?q=%22cong+tac%22+%3Cb%3E&tu=x&muc=van-ban"];
  for (const path of paths) {
    const html = await take("public", request, path);
    if (["/tin-tuc", "/van-ban"].includes(path)) {
      await take("public", request, found(html, new RegExp(`href="(${path}/[^"]*-[0-9A-Z]{26})"`)));
    }
  }
  await take("public", request, "/khong-co", 404);
  await written();
  await asked();
  assert.deepEqual(await check("public"), []);
});

test("pages of the desk are as the standard asks", async () => {
  const { request } = await as("clerk");
  const paths = ["/desk", "/registers", "/registers/news", "/registers/questions", "/import", "/reports", "/publications",
    "/publications/new/news", "/publications/documents/upload", "/press", "/press/work", "/press/new", "/press/library", "/radio",
    "/radio/upload", "/radio/programme", "/duties", "/law", "/account"];
  for (const path of paths) {
    const answer = await request.get(site.url + path);
    assert.equal(answer.status(), 200, path);
    save("desk", path, await answer.text());
  }
  assert.deepEqual(await check("desk"), []);
});

test("style sheets and drawn pictures are as their standards ask", async () => {
  mkdirSync(join(folder, "assets"));
  for (const name of readdirSync(assets).filter((name) => /\.(css|svg)$/.test(name))) {
    copyFileSync(join(assets, name), join(folder, "assets", name));
  }
  assert.deepEqual(await check("assets"), []);
});

/** What the schema says of files, a line each. */
async function validate(schema, names) {
  const rules = fileURLToPath(new URL(`../schemas/${schema}.rnc`, import.meta.url));
  const driver = ["-cp", jar, "nu.validator.vendor.thaiopensource.relaxng.util.Driver", "-c", rules];
  const run = promisify(execFile)("java", [...driver, ...names], { maxBuffer: 1 << 28 });
  const { stdout } = await run.catch((error) => error);
  return stdout.split("\n").filter((line) => line !== "").map((line) => line.replace(folder, ""));
}

test("feeds are as their formats ask", async () => {
  const place = join(folder, "feeds");
  mkdirSync(place);
  for (const form of ["rss", "atom"]) {
    const paths = ["/tin-tuc", "/van-ban", "/ban-tin", "/phat-ngon"].map((list) => `${list}/${form}.xml`);
    paths.push(`/tin-tuc/${form}.xml?muc=khong-co`, ...(form === "rss" ? ["/ban-tin/podcast.xml"] : []));
    const names = await Promise.all(paths.map(async (path, at) => {
      const answer = await fetch(site.url + path);
      assert.equal(answer.status, 200, path);
      const name = join(place, `${form}-${at}.xml`);
      writeFileSync(name, await answer.text());
      return name;
    }));
    assert.deepEqual(await validate(form, names), []);
    const broken = join(place, `broken-${form}.xml`);
    writeFileSync(broken, readFileSync(names[0], "utf8").replace(/<(guid|published)[^>]*>[^<]*<[/][a-z]+>/, ""));
    assert.equal((await validate(form, [broken])).length, 1, "the schema finds what is missing");
  }
});
