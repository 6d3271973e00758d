// The bar with the bot's own time and the ways to move it forward.
import { el, icon } from "./dom.js";
import { formatMoment, formatSeconds, formatShortDay, formatWeekdayDate, t } from "./i18n.js";

export function createClock(root, move) {
  let offset = 0; // the bot's clock minus this computer's
  let info = { movable: false, next_event: null };
  let busy = false;
  let parts = null, drawn = "";

  const now = () => Date.now() + offset;

  function sync(iso) {
    offset = new Date(iso).getTime() - Date.now();
    tick();
  }

  function update(state) {
    info = state;
    sync(state.now);
    if (drawn !== document.documentElement.lang) { drawn = document.documentElement.lang; build(); }
    const when = info.next_event ? t("nextAt", { when: formatMoment(info.next_event) }) : t("nextNone");
    parts.next.title = when;
    parts.next.setAttribute("aria-label", `${t("next")}. ${when}`);
    parts.nextWhen.textContent = info.next_event ? formatMoment(info.next_event) : t("nextNone");
    lock();
    tick();
  }

  function lock() {
    for (const button of root.querySelectorAll("button")) button.disabled = busy || !info.movable;
    if (!info.next_event) parts.next.disabled = true;
    root.classList.toggle("busy", busy);
  }

  function build() {
    const step = (seconds, long, short) => el("button", { type: "button", class: "clock-step", "aria-label": t(long), dataset: { advance: seconds }, onclick: () => go({ advance_seconds: seconds }) },
      el("span", { class: "wide" }, t(long)), el("span", { class: "narrow" }, t(short)));
    parts = {
      date: el("span", { class: "wide" }), shortDate: el("span", { class: "narrow" }), time: el("b", { class: "clock-time" }),
      nextWhen: el("small", { class: "wide" }),
    };
    parts.next = el("button", { type: "button", class: "clock-step clock-next", onclick: () => go({ to: "next_event" }) }, icon("skip"), el("span", { class: "wide next-label" }, t("next")), parts.nextWhen);
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", t("botTime"));
    root.replaceChildren(el("div", { class: "clock-now", title: t("botTime") }, el("span", { class: "clock-date" }, parts.date, parts.shortDate), parts.time),
      el("div", { class: "clock-steps" }, step(3600, "hour", "hourShort"), step(86_400, "day", "dayShort"), parts.next));
    tick();
  }

  async function go(how) {
    busy = true;
    lock();
    try { await move(how); } finally { busy = false; lock(); }
  }

  function tick() {
    if (!parts) return;
    const date = new Date(now());
    parts.date.textContent = formatWeekdayDate(date);
    parts.shortDate.textContent = formatShortDay(date);
    parts.time.textContent = formatSeconds(date);
  }

  setInterval(tick, 1000);
  return { update, sync, now };
}
