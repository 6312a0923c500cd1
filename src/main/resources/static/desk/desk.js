"use strict";
/* The desk of the sandbox: two phones, two groups, a calendar. Everything it shows comes from /sandbox/api. */

const $ = (selector, root = document) => root.querySelector(selector);
const state = { accounts: [], code: null, people: [], staff: [], phones: [null, null], walls: [], marks: new Map(), today: null, busy: false };

async function ask(path, options = {}) {
  const { body, method } = options;
  const answer = await fetch("/sandbox/" + path, {
    method: method || (body === undefined ? "GET" : "POST"),
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  let result = null;
  try { result = text ? JSON.parse(text) : null; } catch { result = { error: text }; }
  if (!answer.ok) throw new Error((result && (result.error || result.detail)) || "没有办成（" + answer.status + "）");
  return result;
}

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

let toastTimer;
function toast(sentence) {
  const box = $("#toast");
  box.textContent = sentence;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 4000);
}
const attempt = (work) => work().catch((error) => toast(error.message));

/* Associations */

function drawAssociations() {
  $("#associations").replaceChildren(...state.accounts.map((account) => element("button", {
    type: "button", "aria-pressed": String(account.code === state.code), "data-code": account.code,
    onclick: () => attempt(() => choose(account.code)),
  }, account.name)));
}

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

async function choose(code) {
  state.code = code;
  sessionStorage.setItem("association", code);
  drawAssociations();
  [state.people, state.staff, state.walls] = await Promise.all([
    ask("api/people?code=" + code), ask("api/staff?code=" + code), ask("api/walls?code=" + code)]);
  // Right after the start the members are still being entered; the staff get their phones last.
  for (let patience = 60; !state.staff.length && patience > 0 && state.code === code; patience--) {
    $("#night").textContent = "正在录入虚构的会员，请稍候……";
    await pause(1000);
    [state.people, state.staff] = await Promise.all([ask("api/people?code=" + code), ask("api/staff?code=" + code)]);
    if (state.staff.length) $("#night").textContent = "拨动日历，看夜里会发生什么。";
  }
  const contacts = state.people.filter((person) => person.key.startsWith("contact"));
  const first = contacts[0] || state.people[0];
  const teacher = state.staff.find((person) => person.userid.startsWith("teacher")) || state.staff[0];
  await Promise.all([show(0, first ? "p:" + first.openid : null), show(1, teacher ? "s:" + teacher.userid : null)]);
  await Promise.all([drawWall(0, state.walls.find((wall) => wall.id.startsWith("wr")) || state.walls.find((wall) => wall.id.endsWith("class"))), drawWall(1, state.walls.find((wall) => wall.id.endsWith("secretariat")))]);
  await drawCalendar();
}

/* Phones. A phone belongs to a person of the official account ("p:openid") or to staff in WeCom ("s:userid"). */

function base(phone) {
  return phone.staff ? "api/staff/" + state.code + "/" + phone.id : "api/phones/" + phone.id;
}

function owners() {
  const group = (label, options) => element("optgroup", { label }, ...options);
  return [
    group("公众号 · 会员和来访者", state.people.map((p) => element("option", { value: "p:" + p.openid }, p.name + " · " + p.role))),
    group("企业微信 · 协会工作人员", state.staff.map((s) => element("option", { value: "s:" + s.userid }, s.name + " · " + s.role))),
  ];
}

async function show(slot, owner) {
  const article = $("#phone" + slot);
  article.replaceChildren($("#phoneTemplate").content.cloneNode(true));
  state.phones[slot] = null;
  if (!owner) return;
  const staff = owner.startsWith("s:");
  const id = owner.slice(2);
  const who = staff ? state.staff.find((s) => s.userid === id) : state.people.find((p) => p.openid === id);
  const account = state.accounts.find((a) => a.code === state.code);
  const phone = { slot, staff, id, name: who.name, article, seen: 0, following: staff || who.following };
  state.phones[slot] = phone;
  const select = $("select", article);
  select.append(...owners());
  select.value = owner;
  select.addEventListener("change", () => attempt(() => show(slot, select.value)));
  $(".title", article).textContent = staff ? "班主任助手（企业微信）" : account.name;
  $(".scan", article).hidden = staff;
  $(".scan", article).addEventListener("click", () => attempt(() => scan(phone)));
  $(".back", article).addEventListener("click", () => leavePage(phone));
  $(".voice", article).hidden = staff;
  $(".voice", article).addEventListener("click", () => attempt(() => speak(phone)));
  $(".say", article).addEventListener("submit", (event) => {
    event.preventDefault();
    const input = $(".say input", article);
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    attempt(() => ask(base(phone) + "/text", { body: { text } }));
  });
  const [messages, menu] = await Promise.all([ask(base(phone) + "/messages?since=0"), ask(base(phone) + "/menu").catch(() => ({}))]);
  messages.forEach((message) => add(phone, message));
  if (!messages.length) empty(phone);
  drawMenu(phone, menu);
  if (staff) await broadcasts(phone);
}

/* WeCom's own helper for broadcasts: nothing is sent before the colleague confirms it there. */
async function broadcasts(phone) {
  const tasks = await ask(base(phone) + "/broadcasts");
  const chat = $(".chat", phone.article);
  for (const task of tasks.filter((one) => !one.sentAt && !one.cancelled).reverse()) {
    if (chat.querySelector('[data-broadcast="' + task.msgid + '"]')) continue;
    const box = card("群发助手", [["发给", task.receivers + (task.toGroups ? "个客户群" : "位客户")]], null, task.text);
    const actions = element("div", { class: "actions" }, element("button", { type: "button", onclick: (event) => {
      event.stopPropagation();
      return attempt(async () => {
        await ask(base(phone) + "/confirm", { body: { msgid: task.msgid } });
        actions.replaceChildren(element("span", { class: "settled" }, "已发送"));
      });
    } }, "确认发送"));
    box.append(actions);
    const line = element("li", { class: "account" }, element("span", { class: "face", "aria-hidden": "true" }, "微"), box);
    line.dataset.broadcast = task.msgid;
    chat.append(line);
    chat.scrollTop = chat.scrollHeight;
  }
}

function empty(phone) {
  const chat = $(".chat", phone.article);
  const line = phone.staff ? "还没有消息。夜里有事，班主任会先收到。"
    : phone.following ? "还没有消息。试试发「状态」或点下面的菜单。" : "还没有关注这个公众号。";
  const box = element("li", { class: "empty" }, line);
  if (!phone.staff && !phone.following) {
    box.append(element("br"), element("button", { type: "button", onclick: () => attempt(async () => {
      await ask(base(phone) + "/follow", { body: {} });
      phone.following = true;
      box.remove();
    }) }, "关注"));
  }
  chat.append(box);
}

function drawMenu(phone, menu) {
  const box = $(".menu", phone.article);
  const buttons = (menu && menu.button) || [];
  box.replaceChildren(...buttons.map((button) => {
    const holder = element("div");
    const subs = button.sub_button || [];
    holder.append(element("button", { type: "button", onclick: () => {
      if (!subs.length) return attempt(() => touch(phone, button));
      const open = $(".sub", holder);
      document.querySelectorAll(".menu .sub").forEach((other) => other.remove());
      if (open) return undefined;
      holder.append(element("div", { class: "sub" }, ...subs.map((sub) => element("button", { type: "button", onclick: () => {
        $(".sub", holder).remove();
        attempt(() => touch(phone, sub));
      } }, sub.name))));
      return undefined;
    } }, button.name + (subs.length ? " ▴" : "")));
    return holder;
  }));
}

async function touch(phone, button) {
  if (button.type === "view") return openPage(phone, button.url);
  return ask(base(phone) + "/click", { body: { key: button.key } });
}

async function speak(phone) {
  const text = prompt("语音识别出来的话", "我想问一下我们单位现在啥情况呀");
  if (text) await ask(base(phone) + "/voice", { body: { recognition: text } });
}

/* Messages. Text of accounts may hold links; everything else is shown as it was written. */

function richText(phone, text) {
  const parts = [];
  const link = /<a href="([^"]+)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s〕）]+)/g;
  let last = 0;
  for (let hit; (hit = link.exec(text)); last = link.lastIndex) {
    parts.push(text.slice(last, hit.index));
    const href = hit[1] || hit[3];
    parts.push(element("a", { href: "#", onclick: (event) => { event.preventDefault(); attempt(() => follow(phone, href)); } }, hit[2] || hit[3]));
  }
  parts.push(text.slice(last));
  return parts;
}

function follow(phone, href) {
  if (href.startsWith("weixin://bizmsgmenu")) {
    const query = new URLSearchParams(href.slice(href.indexOf("?") + 1).replaceAll("&amp;", "&"));
    return ask(base(phone) + "/menu-message", { body: { id: query.get("msgmenuid"), text: query.get("msgmenucontent") } });
  }
  return openPage(phone, href.replaceAll("&amp;", "&"));
}

function content(phone, message) {
  const data = message.data || {};
  switch (message.kind) {
    case "template":
      return card(data.title, data.fields.map((field) => [field.label || field.key, field.value]), data.url && (() => openPage(phone, data.url)), data.first);
    case "card":
      return card(data.title, [["", (data.description || "").replace(/<[^>]*>/g, "")]], data.url && (() => openPage(phone, data.url)));
    case "template-card": {
      const sent = data.card || {};
      const rows = (sent.horizontal_content_list || []).map((row) => [row.keyname, row.value]);
      const page = sent.card_action && sent.card_action.url;
      const box = card(message.text || "待办", rows, page && (() => openPage(phone, page)), sent.sub_title_text);
      box.dataset.task = data.taskId || "";
      const actions = element("div", { class: "actions" }, ...(sent.button_list || []).map((button) => element("button", {
        type: "button",
        onclick: (event) => {
          event.stopPropagation();
          if (button.type === 1) return attempt(() => openPage(phone, button.url));
          actions.querySelectorAll("button").forEach((other) => { other.disabled = true; });
          return attempt(() => ask(base(phone) + "/card", { body: { responseCode: data.responseCode, key: button.key } })
            .finally(() => actions.querySelectorAll("button").forEach((other) => { other.disabled = false; })));
        },
      }, button.text)));
      box.append(actions);
      return box;
    }
    case "news":
      return card(data.articles[0].title, [["", data.articles[0].description || ""]], data.articles[0].url && (() => openPage(phone, data.articles[0].url)));
    case "menu":
      return element("div", { class: "bubble" }, data.head || "", ...data.list.flatMap((line) => ["\n", element("a", { href: "#", onclick: (event) => {
        event.preventDefault();
        attempt(() => ask(base(phone) + "/menu-message", { body: { id: line.id, text: line.content } }));
      } }, line.content)]), data.tail ? "\n" + data.tail : "");
    default:
      return element("div", { class: "bubble" }, ...richText(phone, message.text || (clips(data).length ? "" : "［" + message.kind + "］")), ...clips(data));
  }
}

/* What goes with a broadcast: pictures, files, links. */
function clips(data) {
  return (data && data.attachments || []).map((clip) => {
    const inside = clip[clip.msgtype] || {};
    const word = { image: "图片", file: "文件", link: "链接", video: "视频" }[clip.msgtype] || "小程序";
    return element("span", { class: "clip" }, word + " " + (inside.title || inside.name || ""));
  });
}

function card(title, rows, open, first) {
  return element("div", { class: "card", onclick: open ? () => attempt(open) : () => {} },
    element("h3", {}, title || "通知"), first ? element("p", {}, first) : null,
    element("dl", {}, ...rows.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)])),
    open ? element("div", { class: "more" }, "查看详情 ›") : null);
}

function add(phone, message) {
  if (message.number <= phone.seen) return;
  phone.seen = message.number;
  const chat = $(".chat", phone.article);
  chat.querySelectorAll(".empty").forEach((line) => line.remove());
  const settled = message.kind === "event" && message.data && message.data.button;
  if (settled) {
    chat.querySelectorAll('.card[data-task="' + CSS.escape(message.data.taskId) + '"] .actions').forEach((actions) =>
      actions.replaceChildren(element("span", { class: "settled" }, message.text)));
  } else if (message.from === "wechat" || message.kind === "event") {
    chat.append(element("li", { class: "wechat" }, message.text || ""));
  } else {
    const mine = message.from === "person";
    chat.append(element("li", { class: mine ? "person" : "account" },
      element("span", { class: "face", "aria-hidden": "true" }, mine ? phone.name.slice(-1) : "协"), content(phone, message)));
  }
  chat.scrollTop = chat.scrollHeight;
}

/* Pages inside a phone, and the cashier. */

async function openPage(phone, url) {
  const frame = $(".page", phone.article);
  frame.onload = () => pageArrived(phone, frame);
  frame.src = "/sandbox/" + base(phone) + "/open?url=" + encodeURIComponent(url);
  frame.hidden = false;
  for (const part of [".chat", ".menu", ".say"]) $(part, phone.article).hidden = true;
  $(".back", phone.article).hidden = false;
}

function leavePage(phone) {
  const frame = $(".page", phone.article);
  frame.hidden = true;
  frame.onload = null;
  frame.src = "about:blank";
  $(".cashier", phone.article).hidden = true;
  for (const part of [".chat", ".menu", ".say"]) $(part, phone.article).hidden = false;
  $(".back", phone.article).hidden = true;
}

function pageArrived(phone, frame) {
  let inside;
  try { inside = frame.contentWindow; if (!inside.document.body) return; } catch { return; }
  if (inside.location.href === "about:blank") return;
  inside.WeixinJSBridge = {
    invoke: (name, parameters, callback) => {
      if (name === "getBrandWCPayRequest") attempt(() => jsapi(phone, parameters, callback));
      else if (callback) callback({ err_msg: name + ":ok" });
    },
    call: (name) => { if (name === "closeWindow") leavePage(phone); },
    on: () => {},
  };
  inside.document.dispatchEvent(new inside.Event("WeixinJSBridgeReady"));
  const code = inside.document.querySelector("[data-code-url]");
  if (code) attempt(async () => cashier(phone, await ask("api/cashier?code_url=" + encodeURIComponent(code.dataset.codeUrl)), () => inside.location.reload()));
}

async function jsapi(phone, parameters, callback) {
  try {
    const order = await ask("api/cashier/jsapi", { body: { openid: phone.id, ...parameters } });
    cashier(phone, order, (how) => callback({ err_msg: "get_brand_wcpay_request:" + how }));
  } catch (error) {
    callback({ err_msg: "get_brand_wcpay_request:fail", err_desc: error.message });
    throw error;
  }
}

function cashier(phone, order, done) {
  const box = $(".cashier", phone.article);
  const end = (how) => { box.hidden = true; done(how); };
  const pay = (notify) => () => attempt(async () => {
    await ask("api/cashier/" + order.id + "/pay", { body: { openid: phone.staff ? undefined : phone.id, notify } });
    end("ok");
  });
  const yuan = (order.amountFen / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });
  box.replaceChildren(
    element("h3", {}, order.description), element("div", { class: "sum" }, "¥" + yuan),
    element("button", { type: "button", class: "pay", onclick: pay("normal") }, "确认支付"),
    element("div", { class: "ways" },
      element("button", { type: "button", onclick: () => attempt(async () => { await ask("api/cashier/" + order.id + "/refuse", { body: {} }); end("cancel"); }) }, "取消支付"),
      element("button", { type: "button", title: "连同别的手机或电脑上为同一张账单打开的订单一起付", onclick: () => attempt(async () => {
        const paid = await ask("api/cashier/" + order.id + "/pay-twice", { body: { openid: phone.staff ? undefined : phone.id } });
        if (paid.length < 2) toast("这张账单只开了一个订单，微信只收一次。要付两次，先在浏览器的新标签页里也打开它的链接。");
        end("ok");
      }) }, "付两次"),
      element("button", { type: "button", onclick: pay("delayed") }, "通知晚到一分钟"),
      element("button", { type: "button", onclick: pay("never") }, "通知不来")));
  box.hidden = false;
}

/* Scanning */

async function scan(phone) {
  const dialog = $("#scanner");
  const input = $("input", dialog);
  input.value = "";
  const invitations = await ask("api/invitations?code=" + state.code).catch(() => []);
  $(".invitations", dialog).replaceChildren(...invitations.map((invitation) => element("button", {
    type: "button", onclick: () => { input.value = invitation.scene; },
  }, "邀请：" + invitation.member)));
  $("button[value=cancel]", dialog).onclick = () => dialog.close();
  $("form", dialog).onsubmit = () => attempt(async () => {
    const value = input.value.trim();
    if (!value) return;
    const picture = value.match(/\/qr\/[^/]+\/([^/.]+)\.png$/);
    const body = picture ? { scene: picture[1] } : value.startsWith("http") ? { url: value } : { scene: value };
    await ask(base(phone) + "/scan", { body });
    phone.following = true;
  });
  dialog.showModal();
}

/* Groups */

async function drawWall(slot, wall) {
  const article = $("#wall" + slot);
  if (!wall) { article.replaceChildren(); return; }
  article.dataset.wall = wall.id;
  const list = element("ol", { class: "chat", "aria-live": "polite" });
  article.replaceChildren(element("h2", {}, wall.title, element("small", {}, "群")), list);
  const messages = await ask("api/walls/" + wall.id + "/messages?since=0");
  messages.forEach((message) => onWall(list, message));
  if (!messages.length) list.append(element("li", { class: "empty" }, wall.id.endsWith("secretariat")
    ? "还没有消息。每个工作日早上会有一份摘要。" : "还没有消息。"));
}

/* Links in a group open beside the desk. */
const linked = (text) => text.split(/(https?:\/\/[^\s〕）]+)/).map((part, i) => i % 2
  ? element("a", { href: part, target: "_blank", rel: "noopener" }, part) : part);

function onWall(list, message) {
  list.querySelectorAll(".empty").forEach((line) => line.remove());
  list.append(element("li", {}, element("span", { class: "face", "aria-hidden": "true" }, (message.sender || "机").slice(0, 1)),
    element("div", {}, element("span", { class: "sender" }, message.sender || "群机器人"),
      element("div", { class: "bubble" }, ...linked((message.text || "").replace(/<\/?font[^>]*>/g, "")), ...clips(message.data)))));
  list.scrollTop = list.scrollHeight;
}

/* Calendar */

const iso = (day) => day.getFullYear() + "-" + String(day.getMonth() + 1).padStart(2, "0") + "-" + String(day.getDate()).padStart(2, "0");
const plus = (text, days) => { const day = new Date(text + "T12:00:00"); day.setDate(day.getDate() + days); return iso(day); };

async function drawCalendar() {
  const [clock, marks] = await Promise.all([ask("clock"), ask("api/calendar?days=400&code=" + state.code)]);
  state.today = clock.date;
  state.marks = new Map(marks.map((mark) => [mark.date, mark]));
  const [year, month, day] = clock.date.split("-").map(Number);
  $("#date").textContent = year + "年" + month + "月" + day + "日";
  $("#weekday").textContent = "周" + "日一二三四五六"[new Date(clock.date + "T12:00:00").getDay()];
  const cells = [];
  for (let i = 1; i <= 120; i++) {
    const date = plus(clock.date, i);
    const mark = state.marks.get(date);
    const count = mark ? (mark.members || 0) + (mark.tasks || 0) + (mark.cases || 0) : 0;
    const first = date.endsWith("-01");
    const says = mark ? [mark.members && mark.members + "家会员", mark.tasks && mark.tasks + "件待办到期", mark.cases && mark.cases + "件办件"].filter(Boolean).join("，") : "没有事";
    cells.push(element("button", {
      type: "button", role: "listitem", title: said(date) + "：" + says, "aria-label": said(date) + "：" + says, class: first ? "first" : "",
      "data-month": first ? Number(date.slice(5, 7)) + "月" : null, "data-n": count ? (count > 20 ? 3 : count > 4 ? 2 : 1) : null,
      onclick: () => attempt(() => move(date)),
    }));
  }
  $("#strip").replaceChildren(...cells);
}

const said = (text) => { const [year, month, day] = text.split("-").map(Number); return (year === Number(state.today.slice(0, 4)) ? "" : year + "年") + month + "月" + day + "日"; };

async function move(date) {
  if (state.busy) return;
  state.busy = true;
  const buttons = document.querySelectorAll(".moves button, .strip button");
  buttons.forEach((button) => { button.disabled = true; });
  $("#night").textContent = "正在过到" + said(date) + "……";
  try {
    const before = state.today;
    const counted = await ask("api/counts?code=" + state.code);
    const face = await ask("clock", { method: "PUT", body: { date } });
    const now = await ask("api/counts?code=" + state.code);
    const came = Object.fromEntries(Object.keys(now).map((key) => [key, now[key] - counted[key]]));
    const parts = [came.bills > 0 && "开出账单" + came.bills + "张", came.cases > 0 && "新办件" + came.cases + "件", came.tasks > 0 && "新待办" + came.tasks + "件", came.notices > 0 && "写下通知" + came.notices + "条"].filter(Boolean);
    $("#night").replaceChildren(said(before) + " → " + said(face.date) + "：", element("b", {}, parts.length ? parts.join("，") : "这些夜里没有事"));
    await drawCalendar();
  } finally {
    state.busy = false;
    document.querySelectorAll(".moves button, .strip button").forEach((button) => { button.disabled = false; });
  }
}

function nextThing() {
  const dates = [...state.marks.keys()].filter((date) => date > state.today).sort();
  return dates[0] || plus(state.today, 30);
}

/* Live */

function listen() {
  const events = new EventSource("/sandbox/api/events");
  const on = (type, work) => events.addEventListener(type, (event) => { const message = JSON.parse(event.data); work(message.data, message.code); });
  on("phone", (data) => state.phones.filter((phone) => phone && !phone.staff && phone.id === data.openid).forEach((phone) => add(phone, data.message)));
  on("staff", (data, code) => state.phones.filter((phone) => phone && phone.staff && code === state.code && phone.id === data.userid).forEach((phone) => add(phone, data.message)));
  on("broadcast", (data, code) => state.phones.filter((phone) => phone && phone.staff && code === state.code && data.senders.includes(phone.id)).forEach((phone) => attempt(() => broadcasts(phone))));
  on("wall", (data) => { const list = $('[data-wall="' + data.wall + '"] .chat'); if (list) onWall(list, data.message); });
  on("menu", (data, code) => { if (code === state.code) state.phones.filter((phone) => phone).forEach((phone) => ask(base(phone) + "/menu").then((menu) => drawMenu(phone, menu))); });
}

/* Hints */

const HINTS = [
  ["两部手机，两个群", "左边的手机可以换人：会员单位的联络人、陌生人、班主任、秘书。右边是班级群和秘书处工作群。"],
  ["先问一句", "在会员的手机上发「状态」，再发「为什么」。每个说法都写明依据的条款。"],
  ["交一次会费", "发「缴费」，点开链接，在收银台里支付；也可以取消、付两次、让通知晚到或不来。"],
  ["让时间走", "上面的日历条标出会有事的日子。点「下一件事」，看夜里谁收到了提醒、谁被提出。"],
  ["换一家协会", "五家协会的章程几乎处处不同。同样不交会费，结果各不一样；工业互联网联盟则从不收费。"],
];
function hints() {
  const dialog = $("#hints");
  let at = 0;
  const draw = () => {
    $("h2", dialog).textContent = HINTS[at][0];
    $("p", dialog).textContent = HINTS[at][1];
    $(".count", dialog).textContent = at + 1 + " / " + HINTS.length;
    $(".next", dialog).textContent = at === HINTS.length - 1 ? "开始" : "下一步";
  };
  const end = () => { dialog.close(); localStorage.setItem("hinted", "yes"); };
  $(".next", dialog).onclick = () => { at += 1; if (at === HINTS.length) end(); else draw(); };
  $(".skip", dialog).onclick = end;
  draw();
  dialog.showModal();
}

/* Begin */

document.querySelectorAll("[data-move]").forEach((button) => button.addEventListener("click", () => {
  attempt(async () => {
    // What happened on the phones since may have put new days on the calendar.
    if (button.dataset.move === "next" && !state.busy) await drawCalendar();
    await move({ day: () => plus(state.today, 1), week: () => plus(state.today, 7), next: nextThing }[button.dataset.move]());
  });
}));
$("#hintsAgain").addEventListener("click", hints);
$("#restart").addEventListener("click", () => attempt(async () => {
  if (!confirm("回到 1 月 5 日早上，沙盒里发生过的一切都清空。确定重新开始吗")) return;
  $("#restart").disabled = true;
  $("#night").textContent = "正在重新开始……";
  try {
    await ask("api/restart", { body: {} });
    location.reload();
  } finally { $("#restart").disabled = false; }
}));
attempt(async () => {
  state.accounts = await ask("api/accounts");
  const wanted = sessionStorage.getItem("association") || "whjx";
  await choose(state.accounts.some((account) => account.code === wanted) ? wanted : state.accounts[0].code);
  listen();
  // The first night is still being looked through right after a start.
  if (!state.marks.size) setTimeout(() => { if (!state.busy) attempt(drawCalendar); }, 5000);
  document.body.dataset.ready = "yes";
  if (!localStorage.getItem("hinted")) hints();
});
