"""The three routes of Rasa's HTTP interface: REST channel, parser, tracker."""

from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from bot.channels.answering import Answers
from bot.channels.intake import TooFastError
from bot.channels.rest.authorisation import Check, guarded, retry_after
from bot.channels.rest.channel import RestMessage, as_rasa, read, tracker
from intents.parser import Parser


class ParseRequest(BaseModel):
    """The body of Rasa's `/model/parse`."""

    text: str


def rest_router(answers: Answers, parser: Parser, check: Check) -> APIRouter:
    """Return the three routes, each behind the check."""
    router = APIRouter(route_class=guarded(check))

    @router.post("/webhooks/rest/webhook")
    async def receive(body: RestMessage) -> JSONResponse:
        try:
            answer = await answers.to(read(body))
        except TooFastError as error:
            raise HTTPException(429, headers=retry_after(error.wait)) from error
        replies = [as_rasa(body.sender, reply, parked=answer.parked) for reply in answer.replies]
        return JSONResponse(replies)  # they need no second validation

    @router.post("/model/parse")
    def parse(body: ParseRequest) -> dict[str, Any]:
        with answers.database.read() as uow:
            offered = uow.households.offered()
        return parser.name(body.text, offered=offered).as_rasa()

    @router.get("/conversations/{sender:path}/tracker")
    def state_of(sender: str) -> dict[str, Any]:
        state = tracker(answers.database, sender)
        if state is None:
            raise HTTPException(404)
        return state

    return router
