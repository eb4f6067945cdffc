"""What agents prefer is kept one by one, and nobody can prefer what there is not."""

import pytest

from jumper_app.db import Database
from jumper_app.errors import BadInput
from jumper_app.people.preferences import Preferences, prefer, preferences
from tests import make


def test_what_is_chosen_alone_leaves_the_rest_as_it_is(database: Database):
    ana, ben = (database.write(make.agent, name).id or 0 for name in ("Ana", "Ben"))
    assert database.look(preferences, ana) == Preferences("enter", "0", "on")
    database.write(prefer, agent_id=ana, single_keys="off")
    database.write(prefer, agent_id=ana, send_key="ctrl-enter", undo_s="5")
    assert database.look(preferences, ana) == Preferences("ctrl-enter", "5", "off")
    assert database.look(preferences, ben) == Preferences()


@pytest.mark.parametrize("chosen", [{"single_keys": "maybe"}, {"name": "on"}])
def test_there_is_no_other_choice(database: Database, chosen: dict[str, str]):
    ana = database.write(make.agent).id or 0
    with pytest.raises(BadInput):
        database.write(prefer, agent_id=ana, **chosen)
    assert database.look(preferences, ana) == Preferences()
