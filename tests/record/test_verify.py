from planner.queries import verify
from tests.ledger.history import History

def test_a_history_made_by_the_use_cases_is_sound(history: History) -> None:
    said: list[str] = []
    assert verify.run(said.append), said
