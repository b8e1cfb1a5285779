// What Word and other programs put on the clipboard, made into the few elements an article has. The server cleans
// what it gets in any case (crate rich-text); this keeps structure that plain cleaning would lose: Word's lists, which
// are paragraphs with a mark in front, and headings one level too high.

const LIST = /mso-list:\s*l(\d+)\s+level(\d+)/i;

/** The HTML of the clipboard → HTML for the editor. `parse` makes a document of a text, `lost` hears of pictures left out. */
export function fromClipboard(html, parse, lost = () => {}) {
  const page = parse(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "").replace(/<!\[(?:if|endif)[^>]*>/gi, ""));
  const body = page.body;
  lists(page, body);
  for (const node of [...body.querySelectorAll("style, script, meta, link, title, xml")]) node.remove();
  for (const node of [...body.querySelectorAll("*")].filter((node) => node.localName.includes(":"))) {
    node.replaceWith(...node.childNodes);
  }
  for (const [from, to] of [["h1", "h2"], ["h5", "h4"], ["h6", "h4"], ["b", "strong"], ["i", "em"]]) {
    for (const node of [...body.querySelectorAll(from)]) rename(page, node, to);
  }
  // A browser's own copy stands in <b style="font-weight: normal">, which is not bold.
  for (const node of [...body.querySelectorAll("strong")]) {
    if (/font-weight:\s*(normal|400)/i.test(node.getAttribute("style") ?? "")) node.replaceWith(...node.childNodes);
  }
  for (const caption of [...body.querySelectorAll("table > caption")]) {
    const line = page.createElement("p");
    line.append(...caption.childNodes);
    caption.parentNode.before(line);
    caption.remove();
  }
  // Pictures of a clipboard live on the other machine; they are attached as files.
  const foreign = [...body.querySelectorAll("img")].filter((node) => !(node.getAttribute("src") ?? "").startsWith("/tep/"));
  for (const node of foreign) node.remove();
  if (foreign.length > 0) lost(foreign.length);
  for (const node of body.querySelectorAll("*")) {
    for (const name of ["style", "class", "lang", "align", "valign", "width", "height", "bgcolor"]) {
      if (node.localName !== "img" || !["width", "height"].includes(name)) node.removeAttribute(name);
    }
  }
  return body.innerHTML;
}

/** What a form field holds → HTML: text without any element becomes paragraphs. */
export function fromField(value) {
  if (/<(p|h[1-6]|ul|ol|table|figure|blockquote|br|strong|em|a|img|hr|pre)[\s>/]/i.test(value)) return value;
  const safe = value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r\n?/g, "\n");
  const paragraphs = safe.split(/\n{2,}/).map((text) => text.trim()).filter((text) => text !== "");
  return paragraphs.map((text) => `<p>${text.replace(/\n/g, "<br>")}</p>`).join("");
}

function rename(page, node, to) {
  const renamed = page.createElement(to);
  for (const { name, value } of [...node.attributes]) renamed.setAttribute(name, value);
  renamed.append(...node.childNodes);
  node.replaceWith(renamed);
}

/** Consecutive paragraphs of a Word list become one list, deeper levels within their item. */
function lists(page, body) {
  let open = [];
  let last = null;
  for (const line of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const found = LIST.exec(line.getAttribute("style") ?? "");
    if (!found) continue;
    const level = Number(found[2]);
    const mark = [...line.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("style") ?? ""));
    const sign = (mark?.textContent ?? "").trim();
    mark?.remove();
    const tag = /^[\divxlcdm]+[.)]|^[a-zđ][.)]/i.test(sign) ? "ol" : "ul";
    if (last === null || nextElement(last) !== line) open = [];
    open = open.slice(0, level);
    if (open.length === level && open[level - 1].localName !== tag && level === 1) open = [];
    const item = page.createElement("li");
    const text = page.createElement("p");
    text.append(...line.childNodes);
    item.append(text);
    while (open.length < level) {
      const list = page.createElement(open.length === level - 1 ? tag : "ul");
      const above = open.at(-1);
      if (above === undefined) line.before(list);
      else (above.lastElementChild ?? above.appendChild(page.createElement("li"))).append(list);
      open.push(list);
    }
    open[level - 1].append(item);
    line.remove();
    last = open[0];
  }
}

function nextElement(node) {
  let next = node.nextSibling;
  while (next && next.nodeType !== 1 && next.textContent.trim() === "") next = next.nextSibling;
  return next;
}
