// A member with matrix-js-sdk and its Rust cryptography, in strict mode: keys are given to devices only that their owner
// has signed, and what another device wrote is not opened.
//
//     node member.mjs    (HOMESERVER, MEMBER, PASSWORD, MODULES in the environment)
//
// What can be asked for stands in `does` below; see tests/matrix/strict/__init__.py.

import { pathToFileURL } from "node:url";

import { keepQuiet, say, serve } from "./lines.mjs";

const PATIENCE = 30_000;
const NOTHING_SHOWN = 0; // no shield beside a message
const { HOMESERVER, MEMBER, PASSWORD, MODULES } = process.env;

keepQuiet();
const library = (file) => import(pathToFileURL(`${MODULES}/matrix-js-sdk/lib/${file}.js`));
const { createClient } = await library("index");
const { OnlySignedDevicesIsolationMode } = await library("crypto-api/index");

const identifier = { type: "m.id.user", user: MEMBER };
const known = await createClient({ baseUrl: HOMESERVER }).loginRequest({
    type: "m.login.password",
    identifier,
    password: PASSWORD,
});
const client = createClient({
    baseUrl: HOMESERVER,
    userId: known.user_id,
    deviceId: known.device_id,
    accessToken: known.access_token,
});
await client.initRustCrypto({ useIndexedDB: false });
const crypto = client.getCrypto();
crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());

/** Waits until something is true, and returns it; looks again with whatever the client tells. */
async function until(what, happened) {
    const end = Date.now() + PATIENCE;
    for (;;) {
        const found = await happened();
        if (found) {
            return found;
        }
        if (Date.now() > end) {
            throw new Error(`waited in vain: ${what}`);
        }
        await new Promise((resolve) => {
            const timer = setTimeout(done, 200);
            function done() {
                clearTimeout(timer);
                client.off("sync", done);
                resolve();
            }
            client.on("sync", done);
        });
    }
}

/** Returns how a message looks: its words, or why it could not be opened, and the shield beside it. */
async function shown(event) {
    const content = event.getContent();
    const about = await crypto.getEncryptionInfoForEvent(event);
    return {
        id: event.getId(),
        sender: event.getSender(),
        body: event.isDecryptionFailure() ? "" : (content.body ?? ""),
        notice: content.msgtype === "m.notice",
        unread: event.isDecryptionFailure() ? String(event.decryptionFailureReason) : "",
        encrypted: event.isEncrypted(),
        plain: (about?.shieldColour ?? NOTHING_SHOWN) === NOTHING_SHOWN,
    };
}

/** Returns the messages of a room as they stand now, oldest first. */
async function messages(room) {
    const found = [];
    for (const event of client.getRoom(room)?.getLiveTimeline().getEvents() ?? []) {
        await event.getDecryptionPromise();
        const said = event.getType() === "m.room.message" || event.isDecryptionFailure();
        if (said && !event.isRedacted() && !event.isRelation("m.replace")) {
            found.push(await shown(event));
        }
    }
    return found;
}

function people(room, membership) {
    return (client.getRoom(room)?.getMembersWithMembership(membership) ?? []).map((one) => one.userId).sort();
}

const does = {
    /** Makes an encrypted direct room with somebody, and waits until they are in. */
    async direct({ user }) {
        const algorithm = "m.megolm.v1.aes-sha2";
        const { room_id: room } = await client.createRoom({
            preset: "private_chat",
            is_direct: true,
            invite: [user],
            initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm } }],
        });
        await until("the other one", () => people(room, "join").includes(user));
        return room;
    },

    /** Waits to be asked into a room, by id or by whoever asks, and comes. */
    async joins({ room, by }) {
        const asked = await until("an invite", () => {
            const rooms = client.getRooms().filter((one) => one.getMyMembership() === "invite");
            return rooms.find((one) => one.roomId === room || one.getDMInviter() === by || inviter(one) === by);
        });
        await client.joinRoom(asked.roomId);
        await until("the room", () => people(asked.roomId, "join").includes(MEMBER));
        return asked.roomId;
    },

    /** Writes into a room that is encrypted; never into another. */
    async types({ room, words }) {
        await until("encryption", () => crypto.isEncryptionEnabledInRoom(room));
        return (await client.sendTextMessage(room, words)).event_id;
    },

    /** Returns the messages of a room, once one of somebody comes after another message (`after`, an id). */
    async reads({ room, from, after, notice, saying = "" }) {
        return until("a message", async () => {
            const there = await messages(room);
            const later = there.slice(there.findIndex((one) => one.id === after) + 1);
            const kind = (one) => notice === undefined || one.notice === notice;
            const fits = (one) => one.sender === from && kind(one) && one.body.includes(saying);
            return later.some(fits) ? later.filter(fits) : null;
        });
    },

    /** Returns everything that stands in a room. */
    stands: ({ room }) => messages(room),

    /** Waits until exactly these people are in a room. */
    async holds({ room, users }) {
        const wanted = JSON.stringify([...users].sort());
        return until("these people alone", () => JSON.stringify(people(room, "join")) === wanted);
    },

    /** Returns the devices of somebody, and which of them their owner has signed. */
    async devices({ user }) {
        const map = await crypto.getUserDeviceInfo([user], true);
        const ids = [...(map.get(user)?.keys() ?? [])];
        const found = ids.map(async (id) => [id, (await crypto.getDeviceVerificationStatus(user, id))?.signedByOwner]);
        return Object.fromEntries(await Promise.all(found));
    },
};

function inviter(room) {
    return room.getMember(MEMBER)?.events.member?.getSender();
}

await crypto.bootstrapCrossSigning({
    authUploadDeviceSigningKeys: (send) => send({ type: "m.login.password", identifier, password: PASSWORD }),
});
await client.startClient({ initialSyncLimit: 100 });
await until("a first sync", () => client.isInitialSyncComplete());
say({ answer: known.device_id });
await serve(does);
client.stopClient();
process.exit(0);
