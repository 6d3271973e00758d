// Thin client of the control API under /local/.

async function request(path, options) {
  const response = await fetch(path, { cache: "no-store", ...options });
  const data = await response.json().catch(() => ({}));
  if (!response.ok || data.ok === false) throw new Error(data.error || `HTTP ${response.status}`);
  return data;
}

export const get = (name, params = {}) => request(`/local/${name}?${new URLSearchParams(params)}`);

export const post = (name, body) => request(`/local/${name}`, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});

// What a person does in a chat; with files it has to be a multipart form.
export function act(person, chat, action, fields = {}, files = []) {
  const body = { person, chat, action, ...fields };
  if (!files.length) return post("act", body);
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    if (value != null) form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  for (const file of files) form.append("file", file, file.name);
  return request("/local/act", { method: "POST", body: form });
}

// All people's events. `onLink(true)` after every (re)connection: whatever happened meanwhile was missed.
export function listen(onEvent, onLink) {
  const source = new EventSource("/local/events");
  source.onopen = () => onLink(true);
  source.onmessage = (event) => {
    let data;
    try { data = JSON.parse(event.data); } catch { return; }
    onEvent(data);
  };
  source.onerror = () => {
    onLink(false);
    // The browser reconnects by itself unless the server answered with an error.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(onEvent, onLink), 2000);
  };
}
