import asyncio

from bot.rounds import rounds


def test_work_that_fails_is_done_again_in_the_next_round() -> None:
    async def three_rounds() -> int:
        times, stop = 0, asyncio.Event()

        async def work() -> None:
            nonlocal times
            times += 1
            if times == 3:
                stop.set()
            raise OSError("the database is away for a moment")

        await asyncio.wait_for(rounds(work, 0.01, stop), 5)
        return times

    assert asyncio.run(three_rounds()) == 3
