// The error pages in a browser, as their readers meet them. Takes the pages that the tests compare with; says what was looked
// at, and fails where a page does not do what it promises.
//
// Needs chromium (CHROMIUM names it where it is not in one of the usual places) and `npm ci`. Without them it says so and
// looks at nothing; in CI, where the variable CI is set, that is a failure.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const golden = join(here, "../tests/book/golden");

const skip = why => {
  console.log(`The error pages were not looked at: ${why}`);
  process.exit(process.env.CI ? 1 : 0);
};

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find(path => path && existsSync(path));
if (!executablePath) skip("there is no chromium; `apt-get install chromium`, or set CHROMIUM to its path.");
let chromium, axe;
try {
  ({ chromium } = await import("playwright-core"));
  axe = await readFile(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
} catch {
  skip("`npm ci` was not run in tests/browser.");
}

const server = createServer(async (request, response) => {
  const name = new URL(request.url, "http://page").pathname;
  if (!/^\/[a-z_]+\.html$/.test(name)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(await readFile(join(golden, name)));
});
await new Promise(ready => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});

/** Opens a page and gives it to `look`; says what else it asked the network for, and what it complained about. */
const open = async (name, options, look) => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, ...options });
  const page = await context.newPage();
  const asked = [], complaints = [];
  page.on("request", request => asked.push(request.url()));
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("console", message => message.type() === "error" && complaints.push(message.text()));
  await page.goto(`${origin}/${name}.html`);
  await look(page);
  const others = asked.filter(url => new URL(url).pathname !== `/${name}.html` && !url.startsWith("data:"));
  assert.deepEqual(others, [], `${name} asks the network for nothing`);
  assert.deepEqual(complaints, [], `${name} runs without complaints`);
  await context.close();
};

/** The codes that can be seen. */
const seen = page => page.locator("article.code:visible").evaluateAll(codes => codes.map(code => code.id));
const counted = page => page.locator("[id='page~found']");

const tests = {
  async "search finds, and the first hit is one key away"() {
    await open("story", {}, async page => {
      assert.ok((await seen(page)).length >= 13);
      await page.keyboard.press("/");
      await page.keyboard.type("cached story 500");
      assert.deepEqual(await seen(page), []);
      await page.keyboard.press("Escape");
      assert.ok((await seen(page)).length >= 13);
      await page.keyboard.type("backing CACHE");
      assert.equal(await page.locator("[id='page~none']").isVisible(), true);
      await page.locator("[name=q]").fill("cache 500");
      assert.deepEqual(await seen(page), ["corrupt_cache_entry"]);
      assert.equal(await page.locator(".preface:visible").count(), 0);
      await page.waitForFunction(() => /^1 of \d+ errors$/.test(document.getElementById("page~found").textContent));
      await page.keyboard.press("Enter");
      assert.equal(new URL(page.url()).hash, "#corrupt_cache_entry");
      await page.locator("[id='page~clear']").click();
      assert.ok((await seen(page)).length >= 13);
    });
  },

  async "filters hide, alone and together"() {
    await open("story", {}, async page => {
      await page.locator("label", { hasText: /^Several$/ }).click();
      assert.deepEqual(await seen(page), ["corrupt_cache_entry", "server_misconfigured", "internal_error"]);
      assert.equal(await page.locator(".contents li:visible code").count(), 3);
      await page.locator("[name=section]").selectOption({ label: "Service failures" });
      assert.deepEqual(await seen(page), ["server_misconfigured"]);
      await page.locator("[id='page~clear']").click();
      await page.locator("label", { hasText: /^None$/ }).click();
      assert.deepEqual(await seen(page), ["failed"]);
      await page.waitForFunction(() => document.getElementById("page~found").textContent.startsWith("1 of"));
      assert.match(await counted(page).textContent(), /^1 of \d+ errors$/);
    });
  },

  async "an anchor scrolls, and clears what hides it"() {
    for (const width of [1600, 360]) {
      await open("runs", { viewport: { width, height: 900 } }, async page => {
        await page.locator("[name=q]").fill("invalid_api_key");
        await page.evaluate(() => location.hash = "#service_unavailable");
        await page.waitForFunction(() => {
          const { top } = document.getElementById("service_unavailable").getBoundingClientRect();
          return top >= 0 && top < 200;
        });
        assert.ok((await seen(page)).length === 16);
        // What is folded on a phone is open where one arrives.
        assert.equal(await page.locator("#service_unavailable details:not([open])").count(), 0);
      });
    }
  },

  async "a code that is no more is found, and counted by itself"() {
    await open("story", {}, async page => {
      const gone = await page.locator("article.retired h4").first().textContent();
      await page.locator("[name=q]").fill(gone);
      await page.waitForFunction(() => /^\d+ of \d+ errors, 1 retired$/.test(document.getElementById("page~found").textContent));
      assert.equal(await page.locator("[id='page~none']").isVisible(), false);
    });
  },

  async "an address with a stray sign stops nothing"() {
    await open("story", {}, async page => {
      await page.evaluate(() => location.hash = "#100%");
      await page.locator("[name=q]").fill("not_found");
      assert.ok((await seen(page)).includes("not_found"));
    });
  },

  async "on paper everything is open"() {
    await open("story", { viewport: { width: 360, height: 900 } }, async page => {
      assert.ok(await page.locator("article.code details:not([open])").count() > 0);
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.equal(await page.locator("article.code details:not([open])").count(), 0);
    });
  },

  async "every link within a page leads somewhere"() {
    for (const name of ["story", "pull_story", "runs", "decks", "videogen"]) {
      await open(name, {}, async page => {
        const lost = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")]
          .map(link => decodeURIComponent(link.getAttribute("href").slice(1)))
          .filter(id => !document.getElementById(id)));
        assert.deepEqual(lost, [], name);
        const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(node => node.id));
        assert.equal(new Set(ids).size, ids.length, `each id of ${name} stands once`);
      });
    }
  },

  async "axe finds nothing, light and dark, wide and narrow"() {
    for (const name of ["story", "pull_story", "runs", "decks", "videogen"]) {
      for (const [colorScheme, width] of [["light", 1600], ["dark", 1600], ["light", 1000], ["dark", 360]]) {
        await open(name, { colorScheme, viewport: { width, height: 900 } }, async page => {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
          const told = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
          assert.deepEqual(told, [], `${name}, ${colorScheme}, ${width} px`);
        });
      }
    }
  },

  async "nothing is wider than the window"() {
    for (const name of ["story", "pull_story", "runs", "decks", "videogen"]) {
      await open(name, {}, async page => {
        for (const width of [320, 360, 640, 900, 1000, 1240, 1250, 1600, 2200]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${name} is ${wide} px too wide at ${width} px`);
        }
      });
    }
  },

  async "names stand whole, labels stand apart, and what wraps hangs under itself"() {
    for (const name of ["story", "pull_story", "runs", "decks", "videogen"]) {
      await open(name, {}, async page => {
        for (const width of [320, 360, 900, 1250, 1600]) {
          await page.setViewportSize({ width, height: 900 });
          const faults = await page.evaluate(() => {
            const told = [];
            document.querySelectorAll("article.code details").forEach(one => one.open = true);
            const texts = node => {
              const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), found = [];
              while (walker.nextNode()) found.push(walker.currentNode);
              return found;
            };
            const rects = (text, from, to) => {
              const range = document.createRange();
              range.setStart(text, from);
              range.setEnd(text, to);
              return [...range.getClientRects()].filter(({ width }) => width > 0);
            };
            for (const text of document.querySelectorAll(".fields th code")) {
              for (const word of texts(text)) {
                if (rects(word, 0, word.length).length > 1) told.push(`${word.data} breaks`);
              }
            }
            for (const row of document.querySelectorAll(".waits, .axis")) {
              const labels = [...row.querySelectorAll(".waits > span, i")]
                .map(label => [label.textContent, label.getBoundingClientRect()]);
              labels.slice(1).forEach(([label, { left }], index) => {
                const [before, { right }] = labels[index];
                if (left - right < 4) told.push(`${before} touches ${label}`);
              });
            }
            for (const pre of document.querySelectorAll(".wire pre")) {
              let line = "", top;
              for (const text of texts(pre)) {
                let from = 0;
                for (const piece of text.data.split("\n")) {
                  if (from > 0) line = "", top = undefined;
                  line += piece;
                  for (const rect of text.parentElement.closest(".long") ? [] : rects(text, from, from + piece.length)) {
                    if (top !== undefined && Math.abs(rect.top - top) > 8) told.push(`${line} wraps to the edge`);
                    top = rect.top;
                  }
                  from += piece.length + 1;
                }
              }
            }
            return told;
          });
          assert.deepEqual(faults, [], `${name} at ${width} px`);
        }
      });
    }
  },

  async "without scripts the page is complete"() {
    for (const width of [1600, 360]) {
      await open("story", { javaScriptEnabled: false, viewport: { width, height: 900 } }, async page => {
        assert.ok((await seen(page)).length >= 13);
        assert.equal(await page.locator("form[role=search]:visible").count(), 0);
        // Folded nothing: message, details, headers and example of each code can be read.
        const codes = await page.locator("article.code:not(.retired)").count();
        assert.equal(await page.locator("article.code .wire pre:visible").count(), codes);
        assert.ok(await page.locator("#insufficient_minutes").getByText("The minutes that are left.").isVisible());
        await page.goto(`${origin}/story.html#failed`);
        const { y } = await page.locator("#failed").boundingBox();
        assert.ok(y >= 0 && y < 300, `an anchor scrolls: ${y}`);
      });
    }
  },

  async "a report can be copied where the operator acts"() {
    await open("story", { permissions: ["clipboard-read", "clipboard-write"] }, async page => {
      await page.locator("#server_misconfigured button", { hasText: "Copy" }).click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^server_misconfigured 503, request id: …, at \d{4}-/);
      await page.locator("#not_found .anchor").click();
      await page.waitForFunction(() => location.hash === "#not_found");
    });
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const begun = Date.now();
  try {
    await test();
    console.log(`ok    ${name} (${Date.now() - begun} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
}
await browser.close();
server.close();
console.log(`${Object.keys(tests).length - failed} of ${Object.keys(tests).length} passed`);
process.exit(failed ? 1 : 0);
