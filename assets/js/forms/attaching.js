// Attach a document: the file that is chosen goes to the server as it is, and what came of it is told beside it.
import { sendFile } from "../core/server.js";
import { say } from "../core/words.js";
import { number } from "../model/numbers.js";

const MB = 1048576;
const newKey = () => [...window.crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

// Send what is chosen in a field; what the server made of it, or null where it was not taken.
/** @param {HTMLInputElement} input @returns {Promise<{ id: string, name: string } | null>} */
export async function attach(input) {
  const [file] = input.files || [];
  const place = input.closest("[data-attaching]")?.querySelector("[data-attach-said]");
  if (!file || !place) return null;
  const tell = (sentence, className) => {
    place.textContent = sentence;
    place.className = `attach-said ${className}`;
  };
  const most = Number(input.dataset.most);
  if (file.size > most) {
    tell(say("attach.larger", { name: file.name, mb: number(file.size / MB, 0), most: number(most / MB, 0) }), "error");
    return null;
  }
  const progress = (sent, whole) => tell(say("attach.sending", { name: file.name, percent: number((100 * sent) / whole, 0) }), "waiting");
  progress(0, 1);
  input.disabled = true;
  const answer = await sendFile(input.dataset.attach || "", file, "attach.lost", { progress, headers: { "X-Request-Key": newKey() } });
  input.disabled = false;
  tell(answer.said || say("attach.lost"), answer.status === 201 ? "done" : "error");
  return answer.status === 201 ? { id: answer.id, name: answer.name } : null;
}
