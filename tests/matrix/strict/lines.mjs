// Requests in, answers out: one JSON object a line. Standard output is for answers alone.

import { createInterface } from "node:readline";

/** Writes one answer. */
export function say(answer) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** Sends whatever a library prints to standard error, from where a test that fails shows it. */
export function keepQuiet() {
    for (const level of ["debug", "error", "info", "log", "trace", "warn"]) {
        console[level] = (...said) => process.stderr.write(`${said.map(String).join(" ")}\n`);
    }
}

/**
 * Answers requests one after another, until there are no more.
 *
 * @param does What can be asked for, by name: a function of the request that returns the answer. What it throws is
 *     answered as `{ error }`.
 */
export async function serve(does) {
    for await (const line of createInterface({ input: process.stdin })) {
        const request = JSON.parse(line);
        try {
            say({ answer: (await does[request.do](request)) ?? null });
        } catch (error) {
            say({ error: String(error?.stack ?? error) });
        }
    }
}
