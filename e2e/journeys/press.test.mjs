// A request of a newspaper: from the public form over five desks to the numbered letter and the portal.
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

async function as(who) {
  const context = await browser.newContext({ locale: "vi-VN" });
  return { context, page: await signIn(context, site, who) };
}

const SUBJECT = "Tiến độ thu gom rác thải sinh hoạt tại các xã";
const ANSWER = "Đến nay 18/18 xã, thị trấn đã có tổ thu gom; dự kiến hoàn thành trong quý này.";

/** Opens the request from the list of the person's desk. */
async function openCase(page) {
  await page.goto(`${site.url}/press`);
  await page.getByRole("link", { name: SUBJECT }).first().click();
  await page.waitForURL(/\/press\/01/);
}

/** Chooses an act and confirms it on its page. */
async function act(page, name, fill = async () => {}) {
  await page.getByRole("link", { name, exact: true }).click();
  await fill();
  await page.locator("main form button.button-main").click();
  await page.waitForURL(/\/press\/01[0-9A-Z]+$/);
}

test("a request travels from the public form over five desks to a numbered letter and the portal", async () => {
  const reporter = await browser.newContext({ locale: "vi-VN", viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  reporter.setDefaultTimeout(10_000);
  const form = await reporter.newPage();
  await form.goto(`${site.url}/yeu-cau-bao-chi`);
  await form.getByLabel(/^Cơ quan báo chí/).fill("Báo Hà Nam");
  await form.getByLabel(/^Họ và tên phóng viên/).fill("Nguyễn Thị Phóng");
  await form.getByLabel(/^Điện thoại hoặc thư/).fill("phong@bao.example");
  await form.getByLabel(/^Nội dung yêu cầu/).fill(SUBJECT);
  await form.getByLabel(/^Câu hỏi/).fill("Bao nhiêu xã đã có tổ thu gom? Bao giờ xong?");
  await form.getByRole("button", { name: "Gửi yêu cầu" }).click();
  assert.match(await form.locator("main").innerText(), /đánh dấu đồng ý/i, "no consent, nothing kept, nothing lost");
  assert.equal(await form.getByLabel(/^Nội dung yêu cầu/).inputValue(), SUBJECT);
  await form.getByLabel(/^Tôi đồng ý/).check();
  await form.getByRole("button", { name: "Gửi yêu cầu" }).click();
  await form.waitForURL(/tra-cuu\?ma=/);
  const status = form.url();
  assert.match(await form.locator("main").innerText(), /Ngày hẹn trả lời/);
  await shot(form, "press-receipt");

  const clerk = await as("clerk");
  await openCase(clerk.page);
  await shot(clerk.page, "press-received");
  assert.deepEqual(await axe(clerk.page), []);
  await act(clerk.page, "Phân công", async () => {
    const page = clerk.page;
    await page.getByLabel(/^Loại yêu cầu theo luật/).selectOption("information");
    await page.getByLabel(/^Đơn vị chủ trì/).selectOption({ label: "Phòng Văn hóa và Thông tin" });
    await shot(page, "press-assign");
    assert.deepEqual(await axe(page), []);
  });

  // Who asks is confirmed by a call; the code the form gave opens nothing from then on, a new one is told.
  await clerk.page.getByRole("link", { name: "Xác minh người yêu cầu", exact: true }).click();
  await clerk.page.getByLabel(/^Xác minh người yêu cầu/).selectOption("known_contact");
  await clerk.page.getByLabel(/^Liên hệ đã xác minh/).fill("024 3825 0000");
  await clerk.page.getByLabel(/^Đã xác minh bằng cách nào/).fill("Gọi tòa soạn theo số trên trang của báo");
  assert.deepEqual(await axe(clerk.page), []);
  await shot(clerk.page, "press-identify");
  await clerk.page.locator("main form button.button-main").click();
  const code = (await clerk.page.locator("strong.code").innerText()).trim();
  assert.deepEqual(await axe(clerk.page), []);
  await form.goto(status);
  assert.match(await form.locator("main").innerText(), /cấp mã mới cho liên hệ đã xác minh/);

  const officer = await as("officer");
  await officer.page.goto(`${site.url}/press/work`);
  assert.deepEqual(await axe(officer.page), []);
  await shot(officer.page, "press-work");
  await officer.page.getByRole("link", { name: SUBJECT }).click();
  await act(officer.page, "Nhận chủ trì");
  await act(officer.page, "Soạn nội dung trả lời", async () => {
    await officer.page.getByLabel(/^Nội dung trả lời/).fill(ANSWER);
    assert.deepEqual(await axe(officer.page), []);
  });
  await act(officer.page, "Trình thẩm định");

  for (const [who, name] of [["unit_head", "Đồng ý, chuyển bước tiếp theo"], ["spokesperson", "Đồng ý, chuyển bước tiếp theo"], ["leader", "Duyệt"]]) {
    const person = await as(who);
    await openCase(person.page);
    await act(person.page, name, async () => {
      assert.match(await person.page.locator("main").innerText(), /18\/18 xã/, "what is cleared is shown");
      await shot(person.page, `press-${who}`);
    });
    await person.context.close();
  }

  await openCase(clerk.page);
  await act(clerk.page, "Phát hành trả lời", async () => {
    assert.match(await clerk.page.locator("main").innerText(), /số tiếp theo trong sổ văn bản đi: \d+/, "the next number is offered");
    assert.deepEqual(await axe(clerk.page), []);
    await shot(clerk.page, "press-issue");
  });
  await shot(clerk.page, "press-answered");
  assert.deepEqual(await axe(clerk.page), []);
  const steps = await clerk.page.locator("main").innerText();
  assert.match(steps, /Đã trả lời/);

  const own = `${site.url}/yeu-cau-bao-chi/tra-cuu?ma=${code}`;
  await form.goto(own);
  assert.match(await form.locator("main").innerText(), /18\/18 xã/);
  assert.equal(await overflows(form), false);
  const letter = await form.request.get(new URL(await form.getByRole("link", { name: /Tải văn bản trả lời/ }).getAttribute("href"), site.url).href);
  assert.equal((await letter.body()).subarray(0, 5).toString(), "%PDF-");
  await form.getByLabel("5 – Rất hài lòng").check();
  await form.getByRole("button", { name: "Gửi đánh giá" }).click();
  assert.match(await form.locator("main").innerText(), /Bạn đã đánh giá\s*5\/5/);
  await shot(form, "press-status");

  // The answer goes on to the portal like any other text: written, approved by another, published.
  await clerk.page.getByRole("link", { name: "Đưa lên Cổng thông tin" }).click();
  assert.deepEqual(await axe(clerk.page), []);
  await shot(clerk.page, "press-to-portal");
  await clerk.page.getByRole("button", { name: "Tạo bài chờ duyệt" }).click();
  await clerk.page.waitForURL(/\/publications\//);
  const publication = clerk.page.url();
  await clerk.page.getByRole("link", { name: "Trình duyệt" }).click();
  await clerk.page.locator("main form button.button-main").click();
  const leader = await as("leader");
  await leader.page.goto(publication);
  await leader.page.getByRole("link", { name: "Duyệt", exact: true }).click();
  await leader.page.locator("main form button.button-main").click();
  await clerk.page.goto(publication);
  await clerk.page.getByRole("link", { name: "Đăng", exact: true }).click();
  await clerk.page.locator("main form button.button-main").click();
  await clerk.page.waitForURL(/\/publications\/01/);
  await form.goto(own);
  await form.getByRole("link", { name: "Bản đăng trên Cổng thông tin" }).click();
  const article = await form.locator("main").innerText();
  assert.match(article, /18\/18 xã/);
  assert.doesNotMatch(article, /Phóng|phong@/, "nobody's name or address goes to the portal");
  for (const { context } of [clerk, officer, leader]) await context.close();
  await reporter.close();
});

test("work leads to a part that two units talk about, and to a complaint that is answered", async () => {
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  const officer = await signIn(context, site, "officer");
  assert.match(officer.url(), /\/work$/, "the first page is one's own work");
  await officer.getByRole("link", { name: "Trình thẩm định", exact: true }).click();
  await officer.getByRole("link", { name: /^Trao đổi \(2\)/ }).click();
  await officer.getByLabel(/^Ý kiến trao đổi/).fill("Đã nhận được số liệu quý trước.");
  await officer.getByRole("button", { name: "Gửi ý kiến" }).click();
  assert.match(await officer.locator("main").innerText(), /Đã nhận được số liệu quý trước/);
  assert.equal(await overflows(officer), false);
  await shot(officer, "press-part-320");
  await context.close();

  const leader = await as("leader");
  await leader.page.goto(`${site.url}/work`);
  assert.deepEqual(await axe(leader.page), []);
  await leader.page.getByRole("link", { name: "Trả lời phản ánh" }).first().click();
  assert.match(await leader.page.locator("main").innerText(), /quá ngày hẹn/);
  assert.deepEqual(await axe(leader.page), []);
  await leader.page.getByLabel(/^Trả lời phản ánh/).fill("Xin lỗi quý báo; câu trả lời gửi trước thứ Sáu.");
  await leader.page.locator("main form button.button-main").click();
  assert.match(await leader.page.locator("main").innerText(), /gửi trước thứ Sáu/);
  assert.deepEqual(await axe(leader.page), []);
  await leader.context.close();
});

test("the press pages fit 320 px and axe finds nothing", async () => {
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 320, height: 640 } });
  const page = await signIn(context, site, "clerk");
  for (const path of ["/work", "/exchange", "/exchange/receive", "/press", "/press/overview", "/press/work?all=1", "/press/new", "/press/ask", "/press/agencies", "/press/absences", "/press/absences/new", "/press/conferences", "/press/conferences/new", "/press/statements", "/press/statements/new", "/publications/new/news/word", "/press/library", "/press/library/new", "/press/agencies/new", "/law/chains", "/press/emergencies", "/press/emergencies/new", "/roll-outs", "/roll-outs/new", "/yeu-cau-bao-chi", "/yeu-cau-bao-chi/tra-cuu"]) {
    await page.goto(site.url + path);
    assert.equal(await overflows(page), false, `${path} is wider than 320 px`);
    assert.deepEqual(await axe(page), [], path);
    await shot(page, `press-320${path.replace(/\W+/g, "-")}`);
  }
  await context.close();
});

test("the administrator's page of mail fits 320 px, axe finds nothing, and it says plainly that mail is off", async () => {
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 320, height: 640 } });
  const page = await signIn(context, site, "administrator");
  await page.goto(`${site.url}/administration/mail`);
  assert.match(await page.locator("main").innerText(), /Chưa khai báo máy chủ thư nên không thư nào được gửi/);
  assert.equal(await overflows(page), false);
  assert.deepEqual(await axe(page), []);
  await page.getByRole("link", { name: "Khai báo máy chủ thư" }).click();
  assert.equal(await overflows(page), false);
  assert.deepEqual(await axe(page), []);
  await shot(page, "mail-320");
  await context.close();
});
