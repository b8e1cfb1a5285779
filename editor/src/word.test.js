import assert from "node:assert/strict";
import test from "node:test";
import { parseHTML } from "linkedom";
import { fromClipboard, fromField } from "./word.js";

const parse = (html) => {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  document.body.innerHTML = html;
  return document;
};
const pasted = (html) => fromClipboard(html, parse).replace(/\s*\n\s*/g, "");
const item = (level, mark, text) =>
  `<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level${level} lfo1'><![if !supportLists]>` +
  `<span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>${text}</p>`;

test("paragraphs of Word with a mark in front become lists, deeper levels within", () => {
  const html = `<p>Trước</p>${item(1, "1.", "Một")}\n${item(2, "a)", "Một a")}\n${item(1, "2.", "Hai")}<p>Sau</p>${item(1, "·", "Dấu")}`;
  assert.equal(
    pasted(html),
    "<p>Trước</p><ol><li><p>Một</p><ol><li><p>Một a</p></li></ol></li><li><p>Hai</p></li></ol><p>Sau</p><ul><li><p>Dấu</p></li></ul>",
  );
});

test("styles, classes, office elements and pictures of another machine go; words stay", () => {
  const html =
    '<style>p{color:red}</style><h1 class="x">Tiêu đề</h1><p class="MsoNormal" style="margin:0"><b>Đậm</b><o:p> lề</o:p>' +
    '<img src="file:///C:/anh.png"><img src="/tep/ab/anh.png" alt="Ảnh" width="3"></p><!--[if gte mso 9]><xml>x</xml><![endif]-->';
  const clean = pasted(html);
  let lost = 0;
  fromClipboard(html, parse, (count) => { lost = count; });
  assert.equal(lost, 1);
  assert.ok(clean.startsWith('<h2>Tiêu đề</h2><p><strong>Đậm</strong>'), clean);
  assert.ok(!/style|class|file:|xml/.test(clean), clean);
  assert.ok(clean.includes('src="/tep/ab/anh.png"') && clean.includes('width="3"'), clean);
});

test("what a browser copies is not bold for being in its own b element", () => {
  assert.equal(pasted('<b style="font-weight:normal" id="x"><p>Chữ</p></b>'), "<p>Chữ</p>");
});

test("plain text of a field becomes paragraphs, HTML stays", () => {
  assert.equal(fromField("Một\nhai\r\n\r\nBa < bốn & năm"), "<p>Một<br>hai</p><p>Ba &lt; bốn &amp; năm</p>");
  assert.equal(fromField("<p>Có</p>"), "<p>Có</p>");
  assert.equal(fromField(""), "");
});
