# %% [markdown] slideshow={"slide_type": "slide"}
# # Guess first
#
# A stranger would pick a fight with a weak man, not with a strong one. All he sees is what the man has for breakfast.
# The strong like beer, the weak like quiche, and nobody likes to be fought.
#
# Write down four answers. Then show hands.
#
# 1. Who orders what, and does the stranger ever fight?
# 2. Is there a second answer in which everybody behaves sensibly?
# 3. A defender who would fold can still promise to stand. Of 100 such defenders, how many do?
# 4. Does an attacker strike a promise as often if it was *chosen* as if it was *imposed*?

# %% slideshow={"slide_type": "slide"}
# Pooling: both types send the same signal, and nothing is learnt. Who is weak hides among the many who are strong.
# %matplotlib inline
from collections import Counter

import matplotlib.style
from IPython.display import display

import sim

matplotlib.style.use(sim.figures.STYLE)  # text that can be read from the back row
beer = sim.game_solution("textbook/beer-quiche")
print(f"{beer.file.source}\nequilibria: {', '.join(beer.equilibria.family)}")
display(sim.figures.tree(beer).figure, metadata={"image/png": {"alt": sim.figures.tree_alt_text(beer)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# First hands, then the tree. "The weak man drinks what he dislikes, for beer is what the strong drink."
#
# Two equilibria, both pooling. The other one has everybody eat quiche. Ask what could keep a strong man from his beer.

# %% slideshow={"slide_type": "slide"}
# The other equilibrium: all eat quiche, for who orders beer is taken for weak. Is that belief far-fetched?
for name in ("beer-quiche", "deterrence", "spence"):
    found = sim.game_solution(f"textbook/{name}").equilibria
    for family, intuitive, d1 in zip(found.family, found.intuitive, found.d1, strict=True):
        intuition, divinity = ("survives" if each else "discarded" for each in (intuitive, d1))
        print(f"{name:12} {family.replace('_', ' '):16} intuitive criterion: {intuition:10} D1: {divinity}")
display(
    sim.figures.beliefs(beer, row=1).figure,
    metadata={"image/png": {"alt": sim.figures.beliefs_alt_text(beer, row=1)}},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# After a signal that nobody sends, Bayes' rule is silent: the hollow dot may stand anywhere on the pale band.
#
# Say: "A weak man could only lose by ordering beer, whatever the stranger did. So who orders it is strong." That is the
# intuitive criterion. D1 asks more: who gains from more of the stranger's answers? It discards more, even a deterrence
# in which nobody commits. In Spence's market one separating equilibrium is left: the able buy just enough education.

# %% slideshow={"slide_type": "slide"}
# Who bluffs? A resolute defender always commits, a bluffing one just so often that the attacker is in two minds.
threat = sim.game_solution("textbook/deterrence")
resolute, bluffing = threat.equilibria.strategy[threat.selected, :, 0]
struck = threat.equilibria.response[threat.selected, 0, 0, 1]
print(f"of 100 defenders who would stand, {100 * resolute:.0f} commit; of 100 who would fold, {100 * bluffing:.0f} do")
print(f"of 100 commitments, {100 * struck:.0f} are struck")
display(sim.figures.tree(threat).figure, metadata={"image/png": {"alt": sim.figures.tree_alt_text(threat)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# The third guess. Were there more bluffs, every commitment would be struck; were there fewer, none would be, and then
# everybody would bluff. So each player's mixing keeps the *other* in two minds.
#
# Ask before the exercise: who pays attention to a higher price of folding, the bluffer or the attacker?

# %% slideshow={"slide_type": "slide"}
# The same question in the crisis. Today ambiguity suits both Frances. What if vague words cost votes at home?
scenario = sim.load_scenario("macron-2024")
today, costly = sim.solution(scenario), sim.solution(scenario.override({"signal.ambiguous.stance_value": -0.3}))
for when, crisis in (("today", today), ("if vague words cost votes", costly)):
    sent = crisis.equilibria.strategy[crisis.selected]
    for france, shares in zip(crisis.labels.types, sent, strict=True):
        said = ", ".join(f"{s}: {100 * p:.0f}" for s, p in zip(crisis.labels.signals, shares, strict=True) if p > 0)
        print(f"{when}, of 100 times a {france} France sends {said}".replace("rule_out", "rule out"))
display(sim.figures.beliefs(costly).figure, metadata={"image/png": {"alt": sim.figures.beliefs_alt_text(costly)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# Where ambiguity is comfortable nobody needs to bluff: both Frances say the same, and Russia learns nothing. Take the
# comfort away, and the promise is partly a bluff. The dot stands on the black bar: the opportunist is in two minds.
#
# Say: "Strategic ambiguity is pooling with a purpose. It hides the weak while the strong are content to hide them."

# %% slideshow={"slide_type": "slide"}
# All worlds at once: who separates, what each refinement discards, and whether a promise is imposed or chosen.
result = sim.run(scenario, draws=4096, keep_draws=True)
found = sim.perfect_bayesian(sim.crisis_game(result.parameters or {}))
kinds = ", ".join(f"{kind.replace('_', ' ')} {count:,}" for kind, count in Counter(found.family.tolist()).most_common())
print(f"{result.draws:,} games, {len(found):,} equilibria: {kinds}")
print(f"discarded by the intuitive criterion: {sum(~found.intuitive)}; by D1: {sum(~found.d1)}")
display(sim.figures.promise(result).figure, metadata={"image/png": {"alt": sim.figures.promise_alt_text(result)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# Both Frances like it when Russia holds, so hardly ever can common sense say which of them must have sent a signal: the
# intuitive criterion discards next to nothing. D1 discards far more, and mostly pooling: a resolute France bears more
# risk of a strike, so a promise out of the blue is taken for resolve.
#
# The fourth guess. A chosen promise is struck less often. The larger step, from the first bar to the second, is where
# France chooses to promise: where a promise deters. The smaller one, to the last, is what the choice tells Russia.

# %% [markdown] slideshow={"slide_type": "slide"}
# # Exercise
#
# Take the deterrence game apart. Make folding after a commitment dearer; then make resolve likelier instead:
#
# ```python
# game, dearer = threat.game, threat.game.sender.copy()
# dearer[1, 0, 1] -= 3  # a bluffing defender who committed, and was struck
# rest = game.receiver, game.receiver_prior, game.available
# tied = sim.perfect_bayesian(sim.SignallingGame(game.prior, dearer, *rest))
# likelier = sim.perfect_bayesian(sim.SignallingGame([0.5, 0.5], game.sender, *rest))
# tied.strategy, tied.response, likelier.strategy, likelier.response
# ```
#
# 1. *Before you run it:* are there fewer bluffs, fewer strikes, or both, once folding is dearer?
# 2. Resolve becomes likelier. How many bluff now, and how often is a commitment struck?
# 3. Which of these equilibria does D1 discard (`tied.d1`, `likelier.d1`)? Do you find its reason convincing?
#
# <details><summary>Answers</summary>
#
# 1. Fewer strikes, and as many bluffs as before. How often the bluffer bluffs is set by what the *attacker* stands to
#    gain and to lose, and that has not changed; how often the attacker strikes is set by what keeps the bluffer in two
#    minds, and that has.
# 2. All of them bluff, and no commitment is struck: so many are resolute that a strike no longer pays. A good
#    reputation is an invitation to borrow it.
# 3. In both games the one in which everybody holds back. D1 says: a resolute defender gains from a commitment even
#    where a bluffing one would not, so who commits is resolute, and should not be struck. The reason is as good as the
#    thought that players reason so far; in the laboratory they often do not.
#
# </details>
