"use strict";
const known = JSON.parse(document.getElementById("data").textContent);
const tongue = document.documentElement.lang;
const at = (id) => document.getElementById(id);
const size = (bytes) => bytes >= 1 << 20 ? `${Math.round(bytes / (1 << 20))} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
const words = {
  en: {
    title: "duizhao: check a translation", local: "Nothing leaves this machine.", other: "中文", begin: "New check",
    source: "Original", target: "Translation", files: "Choose files", folder: "Choose a folder", clear: "Clear",
    swap: "Swap original and translation", check: "Check", recent: "Checks of this session", views: "Views", pair: "Pair",
    drop: { source: "Drop a file or a folder here", target: "Drop a file or a folder here; leave it empty if one file or folder holds both" },
    chosen: (files) => files.length === 1 ? files[0].path : `${files[0].path} and ${files.length - 1} more`,
    limits: ({ file, files, total }) => `Files of at most ${size(file)}, ${files} in a check, ${size(total)} in all.`,
    kept: (baseline) => ` Decisions are kept in ${baseline}.`, lost: " Decisions go when the program ends; save them under Download.",
    nothing: "Drop or choose the original first.", large: (path) => `${path}: the file is too large; split it up, or raise --max-file-size`,
    many: (count) => `These are ${count} files; drop fewer, or raise --max-files`,
    full: "These are too many bytes; remove a check from the list, or raise --max-total-size",
    gone: "The program does not answer: it has ended, or the check was too large. Start `duizhao serve` again.",
    colon: ": ", sending: "sending", waiting: "waits for its turn", cancelled: "cancelled", failed: "could not be checked",
    stage: { aligning: "aligning", encoding: "asking the encoder", checking: "checking" },
    of: (done, all) => `${done} of ${all} pairs`, counts: ([critical, major, minor]) => `${critical} critical, ${major} major, ${minor} minor`,
    passes: "passed", fails: "failed", unchecked: (count) => `, ${count} not checked`, pairs: (count) => ` in ${count} pairs`,
    review: ({ dismissed, accepted, undecided }) => `; ${dismissed} dismissed, ${accepted} accepted, ${undecided} undecided`,
    open: "Open", cancel: "Cancel", remove: "Remove", name: (act, name) => `${act}: ${name}`,
    read: "Read", list: "Pairs", decide: "Decide", download: "Download", severities: ["critical", "major", "minor"], verdict: "verdict",
    frames: { read: (name) => `Report on ${name}`, decide: (name) => `Findings of ${name} to decide on` },
    all: "All pairs", decisions: "decisions", decided: "what was decided, for `duizhao check --baseline`", formats: {},
  },
  zh: {
    title: "duizhao：检查译文", local: "任何内容都不会离开本机。", other: "English", begin: "新的检查",
    source: "原文", target: "译文", files: "选择文件", folder: "选择文件夹", clear: "清除",
    swap: "互换原文和译文", check: "检查", recent: "本次会话的检查", views: "视图", pair: "文件对",
    drop: { source: "将文件或文件夹拖到这里", target: "将文件或文件夹拖到这里；若一个文件或文件夹含有两种版本，这里留空" },
    chosen: (files) => files.length === 1 ? files[0].path : `${files[0].path} 等 ${files.length} 个文件`,
    limits: ({ file, files, total }) => `每个文件不超过 ${size(file)}，每次检查不超过 ${files} 个文件，合计不超过 ${size(total)}。`,
    kept: (baseline) => `决定保存在 ${baseline} 中。`, lost: "程序结束后决定不再保留；可在“下载”中保存。",
    nothing: "请先拖入或选择原文。", large: (path) => `${path}：文件过大；请拆分，或提高 --max-file-size`,
    many: (count) => `共 ${count} 个文件；请减少文件，或提高 --max-files`,
    full: "总字节数过多；请从列表中移除一项检查，或提高 --max-total-size",
    gone: "程序没有回应：它已结束，或检查的内容过大。请重新运行 `duizhao serve`。",
    colon: "：", sending: "正在发送", waiting: "等待中", cancelled: "已取消", failed: "未能检查",
    stage: { aligning: "正在对齐", encoding: "正在询问编码器", checking: "正在检查" },
    of: (done, all) => `已完成 ${done} 对，共 ${all} 对`, counts: ([critical, major, minor]) => `致命 ${critical} 处，严重 ${major} 处，轻微 ${minor} 处`,
    passes: "通过", fails: "未通过", unchecked: (count) => `，${count} 对未能检查`, pairs: (count) => `（共 ${count} 对）`,
    review: ({ dismissed, accepted, undecided }) => `；保留 ${dismissed} 处，待改 ${accepted} 处，未决 ${undecided} 处`,
    open: "打开", cancel: "取消", remove: "移除", name: (act, name) => `${act}：${name}`,
    read: "阅读", list: "文件对", decide: "决定", download: "下载", severities: ["致命", "严重", "轻微"], verdict: "结论",
    frames: { read: (name) => `${name} 的报告`, decide: (name) => `${name} 中待决定的问题` },
    all: "所有文件对", decisions: "决定", decided: "已作出的决定，供 `duizhao check --baseline` 使用",
    formats: {
      text: "两侧摘录，供终端阅读", json: "全部内容，供程序读取；有版本号", jsonl: "每对文件一个 JSON 对象",
      html: "并排阅读两种版本的网页", docx: "在 Word 中填写决定的表格；`review` 可读回", xlsx: "在 Excel 中填写决定的表格；`review` 可读回",
      "docx-comments": "带批注的译文 Word 文档；`review` 可读回答复", "docx-comments-source": "带批注的原文 Word 文档",
      annotated: "带注释的 XLIFF 或 PO 文件", sarif: "SARIF 2.1.0，供代码扫描和编辑器使用", github: "GitHub 工作流命令",
      gitlab: "GitLab 代码质量报告", junit: "JUnit XML，每对文件一个测试集", checkstyle: "Checkstyle XML", rdjson: "供 reviewdog 使用的诊断",
      rdjsonl: "供 reviewdog 使用的诊断，每行一条", markdown: "供拉取请求或作业使用的摘要，不超过 60,000 字符",
    },
  },
}[tongue];

// All text goes in as text, never as markup.
function element(name, fields = {}, ...children) {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
}

function complain(what) {
  at("trouble").textContent = what;
  at("trouble").hidden = !what;
}

// What is asked of the server; a refusal is an error that says why.
async function ask(path, body, kind = "application/json") {
  const answer = await fetch(path, body === undefined ? {} : { method: "POST", headers: { "Content-Type": kind }, body });
  if (!answer.ok) throw new Error(await answer.text());
  return (answer.headers.get("Content-Type") ?? "").includes("json") ? answer.json() : null;
}

// What is to be checked: for each side, files with their paths.
const chosen = { source: [], target: [] };
const zones = [...document.querySelectorAll(".zone")];

function choose(side, files) {
  // no document has such a name, and systems put them everywhere
  chosen[side] = files.filter(({ path }) => !path.split("/").some((part) => part.startsWith(".")));
  for (const zone of zones) {
    const own = chosen[zone.dataset.side];
    zone.classList.toggle("full", own.length > 0);
    zone.querySelector(".what").textContent = own.length ? words.chosen(own) : words.drop[zone.dataset.side];
    zone.querySelector(".clear").hidden = own.length === 0;
  }
  at("swap").hidden = !chosen.source.length && !chosen.target.length;
  complain("");
}

// The files of a dropped file or folder.
async function below(entry) {
  if (entry.isFile) {
    const file = await new Promise((found, failed) => entry.file(found, failed));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    // a reader gives a hundred at a time
    const entries = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (entries.length === 0) return found;
    for (const own of entries) found.push(...(await below(own)));
  }
}

// Whether the second of two is rather the original: it says so, or it is Chinese and the first is not.
function isOriginal(first, second) {
  const name = ([{ path }]) => path.toLowerCase();
  const says = (files) => /原文|original|source/.test(name(files));
  const chinese = (files) => /(^|[^a-z])(zh|cn|chs|cht|chinese)([^a-z]|$)|中文/.test(name(files));
  return says(second) !== says(first) ? says(second) : chinese(second) && !chinese(first);
}

async function dropped(transfer, side) {
  // entries and files are there only until the event is over
  const items = [...transfer.items].filter((item) => item.kind === "file").map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  const parts = await Promise.all(items.map(async ([entry, file]) => (entry ? below(entry) : [{ path: file.name, file }])));
  const some = parts.filter((files) => files.length > 0);
  if (some.length === 2) {
    const [source, target] = isOriginal(...some) ? some.reverse() : some;
    choose("source", source);
    choose("target", target);
  } else if (some.length > 0) {
    choose(side ?? (chosen.source.length ? "target" : "source"), some.flat());
  }
}

for (const zone of zones) {
  const { side } = zone.dataset;
  for (const input of zone.querySelectorAll("input")) {
    input.onchange = () => {
      if (input.files.length) choose(side, [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
      input.value = "";
    };
  }
  zone.querySelector(".clear").onclick = () => {
    choose(side, []);
    zone.querySelector("input").focus();
  };
}
const over = (event) => event.target.closest?.(".zone");
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  for (const zone of zones) zone.classList.toggle("over", zone === over(event));
});
document.addEventListener("dragleave", (event) => !event.relatedTarget && zones.forEach((zone) => zone.classList.remove("over")));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  zones.forEach((zone) => zone.classList.remove("over"));
  dropped(event.dataTransfer, over(event)?.dataset.side).catch((error) => complain(error.message));
});
at("swap").onclick = () => {
  const { source, target } = chosen;
  choose("source", target);
  choose("target", source);
};

// The check that is shown as soon as it is done.
let wanted = null;
at("new").onsubmit = async (event) => {
  event.preventDefault();
  const { source, target } = chosen;
  const all = [...source, ...target];
  const large = all.find(({ file }) => file.size > known.file);
  if (!source.length) return complain(words.nothing);
  if (all.length > known.files) return complain(words.many(all.length));
  if (large) return complain(words.large(large.path));
  const named = (files) => files.map(({ path, file }) => ({ path, size: file.size }));
  const body = new Blob([JSON.stringify({ source: named(source), target: named(target) }), "\n", ...all.map(({ file }) => file)]);
  if (body.size + held > known.total) return complain(words.full);
  at("told").textContent = words.sending;
  choose("source", []);
  choose("target", []);
  try {
    wanted = (await ask("checks", body, "application/octet-stream")).number;
  } catch (error) {
    choose("source", source);
    choose("target", target);
    complain(error instanceof TypeError ? words.gone : error.message);
  }
  look();
};

// The checks of the session, by number, and what is shown of each.
let checks = new Map();
const rows = new Map();
let held = 0;
let timer = null;

async function look() {
  clearTimeout(timer);
  try {
    const listed = await ask("checks");
    ({ held } = listed);
    if (at("trouble").textContent === words.gone) complain("");
    list(listed.checks);
  } catch {
    complain(words.gone);
  }
  const busy = [...checks.values()].some(({ state }) => state === "waiting" || state === "running");
  clearTimeout(timer);
  // an open page keeps the session alive
  timer = setTimeout(look, busy ? 250 : 5000);
}

function told({ state, progress, summary, why }) {
  if (state === "running") return progress[1] > 1 ? words.of(progress[0], progress[1]) : words.stage[progress[2]];
  if (state === "failed") return why ? `${words.failed}\n${why}` : words.failed;
  if (state !== "done") return words[state];
  const { counts, passes, pairs, failed } = summary;
  return `${passes ? words.passes : words.fails}${words.colon}${words.counts(counts)}${pairs > 1 ? words.pairs(pairs) : ""}${failed ? words.unchecked(failed) : ""}`;
}

function row(number) {
  const act = (name, does) => element("button", { type: "button", className: name, onclick: does }, words[name]);
  const post = (what) => () => ask(`checks/${number}/${what}`, "{}").then(look, (error) => complain(error.message));
  return element("li", { id: `check-${number}` },
    element("span", { className: "name" }), element("span", { className: "state" }), element("progress"),
    element("span", { className: "acts" }, act("open", () => open(number, null, true)), act("cancel", post("cancel")), act("remove", post("remove"))));
}

function list(listed) {
  const before = checks;
  checks = new Map(listed.map((check) => [check.number, check]));
  for (const [number, item] of rows) {
    if (checks.has(number)) continue;
    // who was on it goes on at the next one
    if (item.contains(document.activeElement)) (item.nextElementSibling?.querySelector("button:not([hidden])") ?? at("check")).focus();
    item.remove();
    rows.delete(number);
    if (shown?.number === number) close();
  }
  for (const check of [...listed].reverse()) {
    const { number, name, state, progress } = check;
    const item = rows.get(number) ?? row(number);
    if (!rows.has(number)) {
      rows.set(number, item);
      at("checks").prepend(item);
    }
    item.className = [state, shown?.number === number ? "open" : ""].join(" ").trim();
    item.querySelector(".name").textContent = name;
    item.querySelector(".state").textContent = told(check);
    const bar = item.querySelector("progress");
    const busy = state === "waiting" || state === "running";
    bar.hidden = state !== "running";
    bar.ariaLabel = name;
    if (progress?.[1] > 1) [bar.value, bar.max] = progress;
    else bar.removeAttribute("value");
    const within = item.contains(document.activeElement);
    for (const [act, there] of [["open", state === "done"], ["cancel", busy], ["remove", !busy]]) {
      const button = item.querySelector(`.${act}`);
      button.hidden = !there;
      button.ariaLabel = words.name(words[act], name);
    }
    // the button that was pressed may be gone
    if (within && (!item.contains(document.activeElement) || document.activeElement.hidden)) item.querySelector("button:not([hidden])").focus();
    const was = before.get(number);
    if (was?.state !== state && (was || number === wanted)) at("told").textContent = `${name}${words.colon}${told(check)}`;
    if (number === wanted && !busy) {
      wanted = null;
      if (state === "done") open(number, null, false);
    }
    if (shown?.number === number && state === "done") verdict(check);
  }
  at("recent").hidden = rows.size === 0;
}

// The check whose findings are shown: its number, its view and its pair, and what the server told of it.
let shown = null;

function verdict({ summary }) {
  const { counts, passes, pairs, review } = summary;
  at("verdict").replaceChildren(element("span", { className: passes ? "pass" : "fail" }, passes ? words.passes : words.fails),
    `${words.colon}${words.counts(counts)}${pairs > 1 ? words.pairs(pairs) : ""}${words.review(review)}`);
}

function close() {
  shown = null;
  at("result").hidden = true;
  at("frame").removeAttribute("src");
  history.replaceState(null, "", location.pathname);
}

async function open(number, view, focus) {
  try {
    const detail = await ask(`checks/${number}`);
    const many = detail.pairs.length > 1;
    const views = [...(many ? ["list"] : []), "read", "decide", "download"];
    shown = { number, view: views.includes(view) ? view : views[0], pair: 0, detail };
    for (const [own, item] of rows) item.classList.toggle("open", own === number);
    at("result-title").textContent = checks.get(number).name;
    verdict(checks.get(number));
    at("notes").replaceChildren(...detail.failed.map((what) => element("li", { className: "failed" }, what)), ...detail.notes.map((what) => element("li", {}, what)));
    at("views").replaceChildren(...views.map((name) => element("button", { type: "button", value: name, onclick: () => turn(name) }, words[name])));
    at("pair").replaceChildren(...detail.pairs.map(({ name }, index) => element("option", { value: index }, name)));
    at("pairs").replaceChildren(many ? table(detail.pairs) : "");
    at("result").hidden = false;
    turn(shown.view);
    if (focus) at("result-title").focus({ preventScroll: true });
    at("result").scrollIntoView();
  } catch (error) {
    complain(error.message);
  }
}

// The pairs, those that need the most work first.
function table(pairs) {
  const order = pairs.map((pair, index) => ({ ...pair, index }));
  order.sort((a, b) => b.counts[0] - a.counts[0] || b.counts[1] - a.counts[1] || b.counts[2] - a.counts[2] || a.index - b.index);
  const head = (text, className = "") => element("th", { scope: "col", className }, text);
  const body = order.map(({ name, counts, passes, index }) => element("tr", {},
    element("td", {}, element("button", { type: "button", onclick: () => turn("read", index) }, name)),
    ...counts.map((count) => element("td", { className: "n" }, String(count))),
    element("td", { className: passes ? "pass" : "fail" }, passes ? words.passes : words.fails)));
  return element("table", {}, element("thead", {}, element("tr", {}, head(words.list), ...words.severities.map((name) => head(name, "n")), head(words.verdict))), element("tbody", {}, ...body));
}

function turn(view, pair = shown.pair) {
  Object.assign(shown, { view, pair });
  const { number, detail } = shown;
  const many = detail.pairs.length > 1;
  for (const button of at("views").children) button.ariaPressed = String(button.value === view);
  at("pair").value = pair;
  at("which").hidden = !many || view === "list" || view === "decide";
  at("pairs").hidden = view !== "list";
  at("downloads").hidden = view !== "download";
  at("frame").hidden = view !== "read" && view !== "decide";
  if (view === "read") frame(`checks/${number}/pairs/${pair}/page`, words.frames.read(detail.pairs[pair].name));
  if (view === "decide") frame(`checks/${number}/review/`, words.frames.decide(checks.get(number).name));
  if (view === "download") at("downloads").replaceChildren(...downloads());
  history.replaceState(null, "", `#${number}/${view}`);
}

function frame(src, title) {
  at("frame").title = title;
  at("frame").src = src;
}

at("pair").onchange = () => turn(shown.view, Number(at("pair").value));

function downloads() {
  const { number, pair, detail } = shown;
  const link = (path, name, summary) => element("li", {}, element("a", { href: `checks/${number}/${path}`, download: "" }, name), element("small", {}, summary.replaceAll("`", "")));
  const links = (formats, path) => formats.map(({ name, summary }) => link(`${path}reports/${name}`, name, words.formats[name] ?? summary));
  const kept = link("decisions", words.decisions, words.decided);
  const one = links(detail.pairs[pair].formats, `pairs/${pair}/`);
  if (detail.pairs.length === 1) return [element("ul", {}, ...one, kept)];
  return [
    element("h3", {}, words.all), element("ul", {}, ...links(detail.formats, ""), kept),
    element("h3", {}, detail.pairs[pair].name), element("ul", {}, ...one),
  ];
}

document.title = words.title;
for (const said of document.querySelectorAll("[data-say]")) said.textContent = words[said.dataset.say];
for (const named of document.querySelectorAll("[data-name]")) named.ariaLabel = words[named.dataset.name];
for (const zone of zones) {
  for (const input of zone.querySelectorAll("input")) {
    input.ariaLabel = words.name(words[zone.dataset.side], input.previousElementSibling.textContent);
  }
  const clear = zone.querySelector(".clear");
  clear.ariaLabel = words.name(words[zone.dataset.side], clear.textContent);
}
at("limits").textContent = words.limits(known) + (known.baseline ? words.kept(known.baseline) : words.lost);
const other = tongue === "zh" ? "en" : "zh";
Object.assign(at("other"), { textContent: words.other, lang: other, hreflang: other, href: `../${other}/` });
at("other").onclick = () => {
  at("other").href = `../${other}/${location.hash}`;
};
choose("source", []);
document.addEventListener("visibilitychange", () => document.hidden || look());
// what was open before is open again
look().then(() => {
  const [, number, view] = location.hash.match(/^#(\d+)\/(\w+)$/) ?? [];
  if (checks.get(Number(number))?.state === "done") open(Number(number), view, false);
});
