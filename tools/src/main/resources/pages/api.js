/** The node's JSON API, read. Errors carry the node's own words. */
export async function read(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Error(body?.message ?? `${path} answered ${response.status}`);
  }
  return body;
}

/** A development ticket for a name. */
export async function ticketFor(player) {
  const answer = await read(`/api/ticket?player=${encodeURIComponent(player)}`);
  return answer.ticket;
}
