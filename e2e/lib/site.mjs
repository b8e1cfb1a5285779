// Starts the demo installation on a free port and drives Debian's Chromium through it.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
export const binary = process.env.PHATNGON_BINARY ?? join(target, "debug/phatngon");
/** The folder of style sheets, scripts and pictures that the binary carries. */
export const assets = join(root, "crates/web-kit/assets");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

async function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A served demo: { url, accounts: { clerk: {account, password}, … }, data, stop }. */
export async function startDemo() {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo build -p phatngon`);
  const data = mkdtempSync(join(tmpdir(), "phatngon-e2e-"));
  execFileSync(binary, ["demo", "--data", data, "--no-serve", "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const server = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", process.env.E2E_LOG ? "inherit" : "ignore"],
  });
  const url = `http://127.0.0.1:${port}`;
  const accounts = JSON.parse(readFileSync(join(data, "demo-accounts.json"), "utf8"));
  const deadline = Date.now() + 30_000;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then((r) => r.ok, () => false);
    if (ready) break;
    if (Date.now() > deadline || server.exitCode !== null) throw new Error("the server did not become ready");
    await new Promise((done) => setTimeout(done, 100));
  }
  const stop = async () => {
    server.kill("SIGTERM");
    await new Promise((done) => server.once("exit", done));
    rmSync(data, { recursive: true, force: true });
  };
  return { url, accounts, data, stop };
}

/** Chromium, headless, without its background network. */
export async function startBrowser() {
  if (!chromiumPath) throw new Error("Chromium is missing: apt-get install chromium");
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Signs in as one of the demo's people; returns the page. */
export async function signIn(context, site, who) {
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${site.url}/sign-in`);
  await page.getByLabel(/^Tên đăng nhập/).fill(site.accounts[who].account);
  await page.getByLabel(/^Mật khẩu/).fill(site.accounts[who].password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
}

/** Everything axe-core finds on the page, as short lines. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} (${violation.help})`),
  );
}

/** Whether the page is wider than the window: content that a phone would have to scroll sideways. */
export async function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

/** A screenshot into E2E_SHOTS, when that is set. */
export async function shot(page, name) {
  const folder = process.env.E2E_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
