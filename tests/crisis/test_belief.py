"""Does Russia act on its belief while the world goes by the truth? Bayes, the martingale, and types ruled out in error.

Deliberate breaks that turned these red: doctrines weighed by the belief; the equilibrium that is best for France chosen
by the belief.
"""

from __future__ import annotations

import numpy as np
import pytest
from crisis_tree import random_crises
from some_crises import drawn

from sim.crisis.ladder import doctrine, equilibrium_ladder
from sim.crisis.payoffs import crisis
from sim.crisis.selection import selection_weights
from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import Floats

COUNT = 8192


def misperceived(belief: float | None = None) -> dict[str, Floats]:
    """Return draws of the bundled scenario with a belief of Russia's own, one for each or anywhere."""
    own = np.random.default_rng(0).uniform(0.02, 0.98, COUNT) if belief is None else np.full(COUNT, belief)
    return drawn(COUNT) | {"belief.resolute": own}


def test_a_belief_that_is_the_prior_changes_no_bit() -> None:
    crises = random_crises(40, seed=50)
    plain, told = (crisis(each) for each in (crises, crises | {"belief.resolute": crises["prior.resolute"]}))
    for one, other in zip(plain, told, strict=True):
        for name, array in vars(one).items():
            np.testing.assert_array_equal(array, getattr(other, name))


def test_russia_acts_on_its_belief_and_what_follows_goes_by_the_truth() -> None:
    crises = misperceived()
    as_believed = crises | {"prior.resolute": crises["belief.resolute"]}
    for stance in ("ambiguous", "commit"):
        (game, after), (other, their) = crisis(crises), crisis(as_believed)
        (ladder, strikes), (_, wanted) = doctrine(game, after, stance), doctrine(other, their, stance)
        np.testing.assert_array_equal(strikes, wanted)
        truth = crises["prior.resolute"]
        m = ("rule_out", "ambiguous", "commit").index(stance)
        stood = (1 - truth) * after.stands[:, 0, m] + truth * after.stands[:, 1, m]
        np.testing.assert_allclose(ladder.outcomes["retaliation"], ladder.outcomes["casualties"] * stood, atol=1e-15)


def test_beliefs_are_a_martingale_for_who_believes_and_none_in_the_world() -> None:
    crises = misperceived()
    game, after = crisis(crises)
    found = perfect_bayesian(game)
    belief, truth = crises["belief.resolute"][found.game], crises["prior.resolute"][found.game]
    posterior = found.belief[:, :, 1]
    told = {}
    for name, resolute in (("believed", belief), ("true", truth)):
        sent = (1 - resolute)[:, None] * found.strategy[:, 0] + resolute[:, None] * found.strategy[:, 1]
        told[name] = (sent * np.where(sent > 0, posterior, 0)).sum(axis=1)
    np.testing.assert_allclose(told["believed"], belief, atol=1e-9)
    news = found.family != "pooling"
    assert news.mean() > 0.03
    assert np.abs(told["true"] - belief)[news].mean() > 0.01
    np.testing.assert_allclose(told["true"][~news], belief[~news], atol=1e-12)  # no news, nothing learnt
    ladder = equilibrium_ladder(game, after, found)  # what is reported as sent is sent in truth
    for t, frequency in ((0, 1 - truth), (1, truth)):
        np.testing.assert_array_less(frequency[:, None] * found.strategy[:, t], ladder.sent + 1e-12)


@pytest.mark.parametrize("belief", [0.0, 1.0])
def test_a_type_that_russia_rules_out_exists_and_replies_best(belief: float) -> None:
    crises = misperceived(belief)
    game, after = crisis(crises)
    found = perfect_bayesian(game)
    assert certificate(game, found).sender_gain.max() < 1e-9
    flat = game.take(found.game)
    values = np.einsum("nk,nktma,nkma->ntm", flat.receiver_prior, flat.sender, found.response)
    np.testing.assert_allclose(found.sender_value, values.max(axis=2), atol=1e-9)
    ladder = equilibrium_ladder(game, after, found)
    np.testing.assert_allclose(ladder.sent.sum(axis=1), 1, atol=1e-12)
    ruled_out = int(belief == 0)
    alone = (found.strategy[:, ruled_out] > 0) & (found.strategy[:, 1 - ruled_out] == 0)
    assert np.any(alone & (ladder.sent > 0))  # it sends what Russia expects of nobody


def test_what_is_best_for_france_is_weighed_by_the_truth() -> None:
    crises = misperceived()
    game, after = crisis(crises)
    found, frequency = perfect_bayesian(game), after.frequency
    chosen = selection_weights(found, game, frequency=frequency) == 1
    worth = (frequency[found.game] * found.sender_value).sum(axis=1)
    best = np.full(COUNT, -np.inf)
    np.maximum.at(best, found.game, worth)
    np.testing.assert_allclose(worth[chosen], best, atol=1e-8)
    by_belief = selection_weights(found, game) == 1
    assert 0 < (by_belief != chosen).sum() < len(found)


def test_the_more_resolute_russia_thinks_france_the_less_it_strikes_and_the_truth_does_not_matter() -> None:
    # Where both types answer alike the belief is idle; where only the resolute stands a higher one deters.
    crises = drawn(COUNT)
    stands = crisis(crises)[1].stands[:, :, 2]
    sound = stands[:, 1] >= stands[:, 0]
    assert sound.mean() > 0.99
    crises = {name: values[sound] for name, values in crises.items()}
    for truth in (0.1, 0.9):
        strikes = []
        for belief in (0.1, 0.5, 0.9):
            own = {"prior.resolute": np.full(sound.sum(), truth), "belief.resolute": np.full(sound.sum(), belief)}
            strikes.append(doctrine(*crisis(crises | own), "commit")[1])
        assert np.all(strikes[0] >= strikes[1])
        assert np.all(strikes[1] >= strikes[2])
        assert strikes[0].mean() > strikes[2].mean()
        if truth == 0.1:
            first = strikes
    assert all(np.array_equal(one, other) for one, other in zip(first, strikes, strict=True))
