// telegram-test-api 4.2.1 on a free port of the loopback, which it prints.
// It is a server of others; what had to be repaired is named here, and nothing else is changed.
const http = require("http");
const axios = require("axios");
const express = require("express");
const TelegramServer = require("telegram-test-api");

const SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
const UNREAD_PARAMETERS = ["chat_id", "parse_mode", "link_preview_options", "protect_content"];

const inner = new TelegramServer({ storeTimeout: 3600 });

// 1. It posts to a webhook without the secret that `setWebhook` was given.
axios.interceptors.request.use((config) => {
  const hook = Object.values(inner.webhooks).find((one) => one.url === config.url);
  if (hook) config.headers[SECRET_HEADER] = hook.secret_token;
  return config;
});

const repairs = {
  // 2. A bot is a user, and a user says whether it is a bot.
  getMe: (answer) => ({ ...answer, result: { ...answer.result, is_bot: true } }),
  // 3. A date is in seconds; the parameters of the request are not fields of the message.
  sendMessage: (answer) => {
    const result = { ...answer.result, date: Math.floor(answer.result.date / 1000) };
    UNREAD_PARAMETERS.forEach((name) => delete result[name]);
    return { ...answer, result };
  },
  // 3b. What was edited is told, not null.
  editMessageReplyMarkup: (answer) => ({ ...answer, result: true }),
};

const outer = express();

// 4. These methods are missing.
outer.all(/^\/bot[^/]+\/(setMyCommands|deleteMyCommands|setMyDescription|setMyShortDescription|sendChatAction)$/, (_request, response) => {
  response.json({ ok: true, result: true });
});

// For the tests: nobody may write before the bot has said where it listens.
outer.get("/webhooks", (_request, response) => response.json(Object.keys(inner.webhooks)));

outer.use((request, response, next) => {
  const method = request.path.split("/")[2] || "";
  const send = response.json.bind(response);
  response.json = (answer) => {
    const repaired = answer.ok && repairs[method] ? repairs[method](answer) : answer;
    // 5. A refusal has the status of its error, not 200.
    if (repaired.ok === false) response.status(repaired.error_code);
    // 6. There is no long polling: who is told "nothing" at once asks again at once.
    const empty = method === "getUpdates" && repaired.result && !repaired.result.length;
    setTimeout(() => send(repaired), empty ? 100 : 0);
    return response;
  };
  next();
});
outer.use(inner.webServer);

const server = http.createServer(outer);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
