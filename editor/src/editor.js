// The writing desk of articles. The server draws the tools with their words (publication/edit.html); this file brings
// them to life over the text field, which goes on holding what is sent. Without it the plain field does the job.
import { Editor, Mark, Node, mergeAttributes } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { TableKit } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { fromClipboard, fromField } from "./word.js";

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

const mark = (name, tag) =>
  Mark.create({
    name,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });

const Caption = Node.create({
  name: "figcaption",
  content: "inline*",
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: ({ HTMLAttributes }) => ["figcaption", HTMLAttributes, 0],
});

const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "image figcaption?",
  parseHTML: () => [{ tag: "figure" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
});

/** Pictures are named by their public address and shown from the desk: a draft is public nowhere. */
const pictures = (place) =>
  Image.extend({
    addNodeView() {
      return ({ node, HTMLAttributes }) => {
        const dom = document.createElement("img");
        for (const [name, value] of Object.entries(mergeAttributes(HTMLAttributes))) {
          if (value !== null) dom.setAttribute(name, value);
        }
        if (place) dom.src = node.attrs.src.replace(/^\/tep\//, `${place}/`);
        return { dom };
      };
    },
  });

const actions = {
  bold: (at) => at.toggleBold(),
  italic: (at) => at.toggleItalic(),
  heading: (at) => at.toggleHeading({ level: 2 }),
  subheading: (at) => at.toggleHeading({ level: 3 }),
  bullets: (at) => at.toggleBulletList(),
  numbers: (at) => at.toggleOrderedList(),
  quote: (at) => at.toggleBlockquote(),
  unlink: (at) => at.unsetLink(),
  table: (at) => at.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  row: (at) => at.addRowAfter(),
  column: (at) => at.addColumnAfter(),
  row_out: (at) => at.deleteRow(),
  column_out: (at) => at.deleteColumn(),
  table_out: (at) => at.deleteTable(),
  plain: (at) => at.clearNodes().unsetAllMarks(),
  undo: (at) => at.undo(),
  redo: (at) => at.redo(),
};

const states = {
  bold: ["bold"],
  italic: ["italic"],
  heading: ["heading", { level: 2 }],
  subheading: ["heading", { level: 3 }],
  bullets: ["bulletList"],
  numbers: ["orderedList"],
  quote: ["blockquote"],
};

function askForLink(editor, question) {
  const before = editor.getAttributes("link").href ?? "https://";
  const typed = window.prompt(question, before);
  if (typed === null) return;
  const href = typed.trim();
  const at = editor.chain().focus().extendMarkRange("link");
  if (href === "" || href === "https://") at.unsetLink().run();
  else at.setLink({ href }).run();
}

function begin(form) {
  const field = form.querySelector('textarea[name="body"]');
  const tools = form.querySelector("[data-editor-tools]");
  if (!field || !tools) return;
  const choice = tools.querySelector('select[data-do="picture"]');
  const label = form.querySelector(`label[for="${field.id}"]`);
  if (label && !label.id) label.id = `${field.id}-label`;
  const place = document.createElement("div");
  place.className = "editor";
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  field.before(tools, place, told);
  const lost = (count) => { told.textContent = tools.dataset.lost.replace("{count}", count); };
  tools.hidden = false;
  let changed = false;
  const described = field.getAttribute("aria-describedby");
  const editor = new Editor({
    element: place,
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3, 4] },
        link: { openOnClick: false, autolink: false, HTMLAttributes: { target: null, rel: null, class: null } },
      }),
      TableKit.configure({ table: { resizable: false } }),
      pictures(tools.dataset.files).configure({ inline: false }),
      Figure,
      Caption,
      mark("subscript", "sub"),
      mark("superscript", "sup"),
    ],
    content: fromClipboard(fromField(field.value), parse),
    editorProps: {
      attributes: {
        id: `${field.id}-editor`,
        role: "textbox",
        "aria-multiline": "true",
        ...(label ? { "aria-labelledby": label.id } : {}),
        ...(described ? { "aria-describedby": described } : {}),
        ...(field.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      },
      transformPastedHTML: (html) => fromClipboard(html, parse, lost),
    },
    onUpdate: () => {
      changed = true;
      field.value = editor.isEmpty ? "" : editor.getHTML();
    },
    onTransaction: () => show(),
  });
  field.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  document.querySelector(`a[href="#${field.id}"]`)?.setAttribute("href", `#${field.id}-editor`);

  function show() {
    if (!editor) return;
    const inTable = editor.isActive("table");
    for (const button of tools.querySelectorAll("button")) {
      const [name, attributes] = states[button.dataset.do] ?? [];
      if (name) button.setAttribute("aria-pressed", String(editor.isActive(name, attributes)));
      if (button.dataset.within === "table") button.hidden = !inTable;
      if (button.dataset.within === "link") button.hidden = !editor.isActive("link");
    }
  }
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.do === "link") askForLink(editor, button.dataset.ask);
    else actions[button.dataset.do]?.(editor.chain().focus())?.run();
  });
  choice?.addEventListener("change", () => {
    const one = choice.selectedOptions[0];
    if (one.value) editor.chain().focus().setImage({ src: one.value, alt: one.dataset.alt ?? "" }).run();
    choice.value = "";
  });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  show();
}

for (const form of document.querySelectorAll("form[data-editor]")) begin(form);
