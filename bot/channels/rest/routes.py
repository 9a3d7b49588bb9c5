"""The three routes of Rasa's HTTP interface: REST channel, parser, tracker."""

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from bot.channels.answering import Answers
from bot.channels.rest.channel import RestMessage, as_rasa, read, tracker
from intents.parser import Parser


class ParseRequest(BaseModel):
    """The body of Rasa's `/model/parse`."""

    text: str


def rest_router(answers: Answers, parser: Parser, token: str) -> APIRouter:
    """Return the three routes, all behind the token."""

    async def authorised(authorization: Annotated[str, Header()] = "") -> None:
        expected = f"Bearer {token}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})

    router = APIRouter(dependencies=[Depends(authorised)])

    @router.post("/webhooks/rest/webhook")
    async def receive(body: RestMessage) -> JSONResponse:
        answer = await answers.to(read(body))
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
