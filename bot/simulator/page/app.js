// Ties the parts together: what is known, who is chosen, what happens on an event or an action.
import { act, get, listen, post } from "./api.js";
import { createClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { avatar, closeMenu, confirmDialog, el, formDialog, icon, iconButton, openDialog, openMenu, toast } from "./dom.js";
import { getLanguage, LANGUAGES, recall, remember, setLanguage, setTimezone, t, tOr } from "./i18n.js";
import { createLog, summary } from "./messages.js";
import { createSidebar } from "./sidebar.js";

const REFRESH_MS = 30_000; // next_event has no event of its own
const TYPING_MS = 5000;
const NEAR_BOTTOM = 120;

const state = { server: null, chats: new Map(), person: null, chat: null, view: null, online: true, typing: null };
const byId = (id) => document.getElementById(id);
const chatsOf = (person) => state.chats.get(person) ?? [];
const unreadOf = (person) => chatsOf(person).reduce((sum, chat) => sum + chat.unread, 0);
const person = () => state.server?.people.find(({ id }) => id === state.person) ?? null;
const chatInfo = () => chatsOf(state.person).find(({ id }) => id === state.chat) ?? null;
const botId = () => state.server.bot.id;
const isGroup = () => state.chat !== null && state.chat !== botId();
const onScreen = () => document.visibilityState === "visible" && (document.body.dataset.screen === "chat" || !matchMedia("(max-width: 720px)").matches);

// ---------- the skeleton ----------

const clockRoot = el("div", { class: "clock" });
const tools = el("div", { class: "tools" });
byId("topbar").append(tools, clockRoot);
const clock = createClock(clockRoot, moveClock);

const sidebar = createSidebar(byId("sidebar"), {
  choosePerson: (id) => { location.hash = `#${id}`; },
  chooseChat: (id) => { location.hash = id === botId() ? `#${state.person}` : `#${state.person}/${id}`; },
  addPerson,
});

const header = el("header", { class: "chat-header" });
const pinnedBar = el("button", { type: "button", class: "pinned", hidden: true });
const logRoot = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: 0 });
const intro = el("div", { class: "intro", hidden: true });
const scroller = el("div", { class: "scroller" }, intro, logRoot);
const jump = el("button", { type: "button", class: "jump", hidden: true, onclick: () => toBottom(true) });
const composerRoot = el("footer", { class: "composer-area" });
const chatRoot = byId("chat");
const nobody = el("div", { class: "nobody" });
chatRoot.append(header, pinnedBar, scroller, el("div", { class: "composer-frame" }, jump, composerRoot), nobody);
let missed = 0;

const log = createLog(logRoot, {
  start: startBot, openBot: () => { location.hash = `#${state.person}`; }, command: (text) => perform("send", { text }),
  addToGroup: () => chooseChat((chat) => chat.id !== botId() && !chat.bot_is_member, (chat) => perform("add_bot", {}, [], chat.id)),
  tap: async (message, row, col) => (await perform("tap", { message_id: message.message_id, row, col }))?.query_id,
  reply: (message) => composer.reply(message), edit: (message) => composer.edit(message),
  remove: async (message) => { if (await confirmDialog(t("deleteSure"), t("del"))) perform("delete", { message_ids: [message.message_id] }); },
  react: (message, emoji) => perform("react", { message_id: message.message_id, emoji }),
  forward: (message) => chooseChat(() => true, (chat) => perform("forward", { message_id: message.message_id, from_chat: state.chat }, [], chat.id)),
  botUsername: () => state.server.bot.username ?? "", now: clock.now, isGroup,
  isBotHere: () => { const chat = chatInfo(); return Boolean(chat && (isGroup() || (chat.started && !chat.blocked))); },
});

const composer = createComposer(composerRoot, {
  act: perform, person, view: () => state.view, isGroup,
  started: () => chatInfo()?.started ?? person()?.started ?? false, blocked: () => chatInfo()?.blocked ?? person()?.blocked ?? false,
  start: () => startBot(), unblock: () => perform("unblock"), draftKey: () => `${state.person}/${state.chat}`, botName: () => state.server?.bot.username ?? "",
});

// ---------- loading ----------

// Several calls in a row become one, a moment later.
function debounced(run, wait = 120) {
  const timers = new Map();
  return (key = "") => {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => { timers.delete(key); run(key).catch(report); }, wait));
  };
}

const report = (error) => toast(t("failed", { error: error.message }), "error");

let described;
async function loadState() {
  const language = person()?.language_code; // the bot introduces itself in the language of who reads
  const server = await get("state", language ? { language } : {});
  described = language;
  state.server = server;
  setTimezone(server.timezone);
  clock.update(server);
}

async function loadChats(id) {
  const answer = await get("chats", { person: id });
  state.chats.set(Number(id), Array.isArray(answer) ? answer : answer.chats);
}

let viewNumber = 0;
let heard = 0; // events that change what is shown
async function loadView() {
  if (state.person === null || state.chat === null) return;
  const number = (viewNumber += 1);
  const heardBefore = heard;
  const { person: who, chat } = state;
  const view = await get("messages", { person: who, chat, limit: 200 });
  if (number !== viewNumber || who !== state.person || chat !== state.chat) return;
  state.view = view;
  drawMessages();
  markRead();
  if (heard !== heardBefore) refreshView(); // what came meanwhile may not be in this answer
}

async function loadAll() {
  await loadState();
  await Promise.all(state.server.people.map(({ id }) => loadChats(id)));
  draw();
}

const refreshChats = debounced(async (id) => { await loadChats(id); draw(); });
const refreshState = debounced(async () => { await loadAll(); });
const refreshClock = debounced(async () => { await loadState(); draw(); }, 800);
const refreshView = debounced(loadView);

async function markRead() {
  const info = chatInfo();
  if (!onScreen() || !state.view) return;
  if (info) info.unread = 0;
  draw();
  await post("read", { person: state.person, chat: state.chat }).catch(() => {});
  refreshChats(state.person);
}

// ---------- drawing ----------

function draw() {
  if (!state.server) return;
  document.title = `${unreadOf(state.person) ? `(${unreadOf(state.person)}) ` : ""}${state.server.bot.first_name} · ${t("title")}`;
  drawTools();
  sidebar.update({ server: state.server, personId: state.person, chatId: state.chat, chatsOf, unreadOf, now: clock.now() });
  const open = state.person !== null;
  chatRoot.classList.toggle("empty", !open);
  nobody.textContent = t("choosePerson");
  if (!open) return;
  drawHeader();
  const info = chatInfo();
  const fresh = !isGroup() && !state.view?.messages.length;
  intro.hidden = !fresh;
  if (fresh) {
    const { bot } = state.server;
    intro.replaceChildren(avatar(bot.first_name, bot.id, "bot large"), el("h2", {}, bot.first_name), el("b", {}, t("whatCan")), el("p", {}, bot.description || bot.short_description || t("noMessages")));
  }
  composer.update();
  chatRoot.classList.toggle("closed", Boolean(info && !isGroup() && (!info.started || info.blocked)));
}

let headerStamp = "";
function drawHeader() {
  const info = chatInfo();
  const title = info?.title ?? (isGroup() ? "" : state.server.bot.first_name);
  const status = !state.online ? t("offline") : state.typing ? tOr(state.typing, "other_action") : isGroup() ? (info?.bot_is_member ? t("group") : t("botAbsent")) : info?.blocked ? t("blocked") : t("bot");
  const stamp = JSON.stringify([state.chat, title, status, getLanguage()]);
  if (stamp === headerStamp) return; // do not take the focus away from its buttons
  headerStamp = stamp;
  const menu = iconButton("more", t("chatMenu"), (event) => chatMenu(event.currentTarget));
  menu.setAttribute("aria-haspopup", "menu");
  header.replaceChildren(iconButton("back", t("back"), () => { location.hash = `#${state.person}/list`; }, "back"),
    avatar(title, state.chat, isGroup() ? "group" : "bot"),
    el("div", { class: "item-text" }, el("h1", { class: "one-line" }, title), el("div", { class: `status ${state.typing && state.online ? "typing" : ""}`, role: "status" }, status)), menu);
}

function drawMessages(stick = null) {
  const atBottom = stick ?? nearBottom();
  logRoot.setAttribute("aria-label", t("log"));
  log.render(state.view?.messages ?? []);
  const pinned = state.view?.messages.findLast?.((message) => message.pinned);
  pinnedBar.hidden = !pinned;
  if (pinned) {
    pinnedBar.replaceChildren(icon("pin"), el("span", { class: "item-text" }, el("b", {}, t("pinned")), el("span", { class: "one-line" }, summary(pinned))));
    pinnedBar.onclick = () => log.reveal(pinned.message_id);
  }
  if (atBottom) toBottom();
  drawJump();
  draw();
}

const nearBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM;

function toBottom(smooth = false) {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  missed = 0;
  sticky = true;
  drawJump();
}

function drawJump() {
  jump.hidden = nearBottom();
  jump.setAttribute("aria-label", missed ? `${t("toBottom")}, ${t("unread", { n: missed })}` : t("toBottom"));
  jump.replaceChildren(icon("down"), missed ? el("span", { class: "badge" }, String(missed)) : "");
}

// A picture that loads late or a keyboard that opens must not push the newest message out of sight.
let sticky = true;
scroller.addEventListener("scroll", () => { sticky = nearBottom(); if (sticky) missed = 0; drawJump(); });
const keepBottom = new ResizeObserver(() => { if (sticky) scroller.scrollTop = scroller.scrollHeight; });
keepBottom.observe(logRoot);
keepBottom.observe(scroller);

// ---------- actions ----------

// What the chosen person does; returns the server's answer, or null after telling why not.
async function perform(action, fields = {}, files = [], chat = state.chat) {
  const who = state.person;
  try {
    const answer = await act(who, chat, action, fields, files);
    if (who === state.person && chat === state.chat && !["tap", "react"].includes(action)) {
      sticky = true;
      // Normally the event has brought it already; this is for a stream that has just dropped.
      setTimeout(() => { if ((answer.message_ids ?? []).some((id) => !state.view?.messages.some((one) => one.message_id === id))) refreshView(); }, 500);
    }
    if (["start", "block", "unblock", "add_bot", "remove_bot"].includes(action)) refreshState();
    // A supergroup is a new chat with a new id; the old one leaves the list.
    if (action === "upgrade_group" && answer.chat) loadAll().then(() => { location.hash = `#${who}/${answer.chat}`; }).catch(report);
    return answer;
  } catch (error) {
    report(error);
    return null;
  }
}

async function startBot(payload) {
  if (state.chat !== botId()) location.hash = `#${state.person}`;
  const answer = await perform("start", payload ? { payload } : {}, [], botId());
  if (answer) { await loadAll().catch(report); composer.focus(); }
}

async function moveClock(how) {
  try {
    const { now } = await post("clock", how);
    clock.sync(now);
    await loadAll();
    await loadView();
  } catch (error) { report(error); }
}

async function chooseChat(filter, then) {
  const chats = chatsOf(state.person).filter(filter);
  if (!chats.length) { toast(t("unsupported")); return; }
  const chosen = await openDialog({ title: t("chooseChat"), className: "choose", buttons: chats.map((chat) => ({ label: chat.title, value: String(chat.id) })) });
  if (chosen) then(chats.find(({ id }) => String(id) === chosen));
}

function chatMenu(anchor) {
  const info = chatInfo();
  const items = [];
  if (!isGroup()) {
    items.push({ label: t("restart"), hint: "/start", icon: "restart", run: () => startBot() });
    items.push(info?.blocked ? { label: t("unblock"), icon: "check", run: () => perform("unblock") } : { label: t("block"), icon: "block", danger: true, run: () => perform("block") });
  } else {
    items.push(info?.bot_is_member ? { label: t("removeBot"), icon: "block", danger: true, run: () => perform("remove_bot") } : { label: t("addBot"), icon: "plus", run: () => perform("add_bot") });
    if (info?.type === "group") items.push({ label: t("upgrade"), icon: "group", run: () => perform("upgrade_group") });
  }
  openMenu(anchor, items, { label: t("chatMenu") });
}

async function addPerson() {
  const free = Math.max(1000, ...state.server.people.map(({ id }) => id)) + 1;
  const answer = await formDialog(t("newPerson"), [
    { name: "first_name", label: t("name"), required: true }, { name: "last_name", label: t("lastName") },
    { name: "language_code", label: `${t("language")} (kk, ru, en)`, value: getLanguage() }, { name: "note", label: t("note") }, { name: "id", label: t("personId"), type: "number", value: free, required: true },
  ], t("ok"));
  if (!answer) return;
  const note = Object.fromEntries(LANGUAGES.map((code) => [code, answer.note]));
  try {
    await post("people", { ...answer, last_name: answer.last_name || null, note });
    await loadAll();
    location.hash = `#${answer.id}`;
  } catch (error) { report(error); }
}

// ---------- appearance and language ----------

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const themeChoice = () => (["light", "dark"].includes(recall("theme")) ? recall("theme") : "auto");

function applyTheme() {
  const choice = themeChoice();
  document.documentElement.dataset.theme = choice === "auto" ? (systemDark.matches ? "dark" : "light") : choice;
}
systemDark.addEventListener("change", applyTheme);

function settingsMenu(anchor) {
  const choice = themeChoice();
  const option = (value, label) => ({ label: t(label), checked: choice === value, run: () => { remember("theme", value); applyTheme(); } });
  openMenu(anchor, [
    option("auto", "themeAuto"), option("light", "themeLight"), option("dark", "themeDark"),
    { node: el("hr", { role: "separator" }) },
    { label: t("limits"), checked: Boolean(state.server.profile?.limits), run: () => post("profile", { limits: !state.server.profile?.limits }).then(loadAll).catch(report) },
  ], { label: t("settings") });
}

let toolsDrawn = "";
function drawTools() {
  const stamp = `${getLanguage()} ${state.server.bot.first_name}`;
  if (toolsDrawn === stamp) return;
  const hadFocus = tools.contains(document.activeElement) ? document.activeElement.lang : "";
  toolsDrawn = stamp;
  const theme = iconButton("theme", t("settings"), (event) => settingsMenu(event.currentTarget));
  theme.setAttribute("aria-haspopup", "menu");
  tools.replaceChildren(el("b", { class: "brand one-line" }, t("title")),
    el("div", { class: "languages", role: "group", "aria-label": t("language") }, LANGUAGES.map((code) => el("button", { type: "button", lang: code, "aria-pressed": String(code === getLanguage()), title: { kk: "Қазақша", ru: "Русский", en: "English" }[code], onclick: () => switchLanguage(code) }, { kk: "ҚАЗ", ru: "РУС", en: "ENG" }[code]))), theme);
  if (hadFocus) tools.querySelector(`[lang="${hadFocus}"]`)?.focus();
}

function switchLanguage(code) {
  setLanguage(code);
  document.documentElement.lang = code;
  clock.update({ ...state.server, now: new Date(clock.now()).toISOString() });
  drawMessages();
}

// ---------- events ----------

function onEvent(event) {
  if (event.person === undefined || event.person === state.person) heard += 1;
  if (event.type === "clock") { clock.sync(event.now); refreshState(); return; }
  if (event.type === "state") { refreshState(); return; }
  if (event.type === "commands") { refreshView(); return; }
  if (event.type === "message") refreshClock(); // what was said may have planned a reminder
  if (event.person !== undefined && event.person !== state.person) {
    if (["message", "delete", "edit"].includes(event.type)) refreshChats(event.person);
    return;
  }
  if (event.type === "toast") { log.answer(event); return; }
  if (event.chat !== state.chat || !state.view) {
    if (["message", "delete", "edit"].includes(event.type)) refreshChats(state.person);
    return;
  }
  const { messages } = state.view;
  const find = (id) => messages.findIndex((one) => one.message_id === id);
  switch (event.type) {
    case "message":
    case "edit": {
      const at = find(event.message.message_id);
      const stick = event.type === "message" && event.message.outgoing ? true : null;
      if (at >= 0) messages[at] = event.message;
      else if (event.type === "message") {
        messages.push(event.message);
        if (!event.message.outgoing) setTyping(null);
        if (!stick && !nearBottom()) missed += 1;
      }
      drawMessages(stick);
      if (event.type === "message") markRead(); else refreshChats(state.person);
      break;
    }
    case "delete":
      state.view.messages = messages.filter((one) => !event.message_ids.includes(one.message_id));
      drawMessages();
      refreshChats(state.person);
      break;
    case "reaction": {
      const at = find(event.message_id);
      if (at >= 0) messages[at] = { ...messages[at], reactions: event.emoji ? [event.emoji].flat() : [] };
      drawMessages();
      break;
    }
    case "action": setTyping(event.action); break;
    case "keyboard":
      state.view.reply_keyboard = event.reply_keyboard;
      composer.update();
      break;
    default: refreshView(); // pin, and whatever comes to be
  }
}

let typingTimer;
function setTyping(action) {
  clearTimeout(typingTimer);
  state.typing = action;
  if (action) typingTimer = setTimeout(() => setTyping(null), TYPING_MS);
  drawHeader();
}

let connectedBefore = false;
function onLink(online) {
  state.online = online;
  // Catch up on what was missed; the first time, only what came after somebody was chosen.
  if (online && connectedBefore) loadAll().then(person() ? loadView : route).catch(report);
  else if (online && state.server && person()) refreshView();
  connectedBefore ||= online;
  if (state.server && state.person !== null) drawHeader();
}

// ---------- navigation: #person, #person/chat, #person/list (the list on a phone) ----------

async function route() {
  closeMenu();
  const [, who, what] = /^#(\d+)(?:\/(list|-?\d+))?$/.exec(location.hash) ?? [];
  const id = state.server.people.some((one) => one.id === Number(who)) ? Number(who) : null;
  const before = `${state.person}/${state.chat}`;
  state.person = id;
  state.chat = id === null ? null : what && what !== "list" ? Number(what) : botId();
  document.body.dataset.screen = id === null || what === "list" ? "list" : "chat";
  if (before !== `${state.person}/${state.chat}`) {
    state.view = null;
    missed = 0;
    sticky = true;
    setTyping(null);
    log.render([]);
    pinnedBar.hidden = true;
  }
  draw();
  if (id === null) return;
  if (described !== person().language_code) loadState().then(draw).catch(report);
  if (!state.view) {
    logRoot.setAttribute("aria-busy", "true");
    try { await loadView(); } catch (error) { report(error); }
    logRoot.removeAttribute("aria-busy");
    toBottom();
  } else markRead();
  // On a touch screen focus would pull up the keyboard over the chat.
  if (what !== "list" && matchMedia("(hover: hover)").matches) composer.focus();
}

// Files dropped anywhere on the chat.
chatRoot.addEventListener("dragover", (event) => { event.preventDefault(); chatRoot.classList.add("dropping"); });
chatRoot.addEventListener("dragleave", (event) => { if (!chatRoot.contains(event.relatedTarget)) chatRoot.classList.remove("dropping"); });
chatRoot.addEventListener("drop", (event) => {
  event.preventDefault();
  chatRoot.classList.remove("dropping");
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length && state.person !== null) composer.offerFiles(files);
});

async function main() {
  document.documentElement.lang = getLanguage();
  applyTheme();
  for (;;) {
    try { await loadAll(); break; } catch { await new Promise((resolve) => setTimeout(resolve, 1000)); }
  }
  addEventListener("hashchange", route);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") markRead(); });
  listen(onEvent, onLink);
  await route();
  setInterval(() => loadState().then(draw).catch(() => {}), REFRESH_MS);
}

main();
