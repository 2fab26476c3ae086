# %% [markdown]
# # Guess first
#
# June 2024. France thinks aloud about military trainers for Ukraine.
# It can **rule them out**, **stay ambiguous**, or **commit** in public.
#
# Russia may strike the trainers, or hold. It does not know whether France would stand firm over its dead, or fold.
# France does not know how much risk Russia would run.
#
# Imagine 100 such crises in which France must commit, whatever its nerve. Write down three numbers. Then show hands.
#
# 1. In how many does Russia strike?
# 2. In how many do French soldiers die?
# 3. In how many are NATO and Russia at war?
#
# And a fourth: **does ambiguity deter better than a promise?**

# %%
# From claim to number. The article never gives one. It uses a word; the word bounds a range, the rest is judgement.
# Say: "Judgement comes in here, and in who moves, what each side knows, and what it wants."
# %matplotlib inline
import matplotlib.style
import numpy as np

import sim
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.scenario.evidence import load_register
from sim.solve.crisis_solution import solution
from sim.solve.words.crisis import equilibrium_sentences
from sim.telling.numbers import frequency

matplotlib.style.use(sim.figures.STYLE)  # text that can be read from the back row
scenario = sim.load_scenario("macron-2024")
claim = load_register()["allies-unlikely-to-confront"]
belief = scenario.entries["signal.commit.ally_backing"].distribution

print(f"claim, paragraph {claim.paragraph}: {claim.claim}")
print(f"its word: {claim.wording}. It {claim.direction}. {claim.note}\n")
print(f"parameter: signal.commit.ally_backing, {belief.describe()}")
for share in (5, 25, 50, 75, 95):
    (value,) = belief.quantile(np.array([share / 100]))
    print(f"{share:3} % of our belief lies below {value:.2f} {'#' * round(60 * value)}")

# %%
# What does France want? Fix all 39 numbers at their medians: one game, small enough to look at.
# Say: "1 is what folding costs France. Compare its outcomes with each other, never with Russia's."
middle = scenario.medians()
game = sim.crisis_game(middle)
payoffs = dict(zip(SENDER_TYPES, game.sender, strict=True))

print(f"after rule_out  either France gets {payoffs['bluffing'][0, 0]:+z.2f}; nobody is there to be struck")
for france, of_france in payoffs.items():
    for stance, (hold, strike) in zip(STANCES[1:], of_france[1:], strict=True):
        print(f"after {stance:9} {france} France gets {hold:+z.2f} if Russia holds, {strike:+z.2f} if it strikes")

# %%
# What does Russia believe? A strike pays against a bluff and costs against resolve. In between lies the break-even.
# Say: "Russia strikes while it thinks France less likely to be resolute than that."
gains = game.receiver[..., 1] - game.receiver[..., 0]  # of a strike: Russia's type, France's type, signal

print(f"before any signal Russia believes: France is resolute with probability {middle['prior.resolute']:.2f}\n")
for russia, of_russia in zip(RECEIVER_TYPES, gains, strict=True):
    for stance, (bluff, resolve) in zip(STANCES[1:], of_russia.T[1:], strict=True):
        reply = f"strikes below {bluff / (bluff - resolve):.2f}" if bluff > 0 else "never strikes"
        print(f"after {stance:9} {russia:11} Russia gains {bluff:+z.2f} or {resolve:+z.2f}: {reply}")

# %%
# Every equilibrium. Nobody can gain by acting otherwise, and beliefs fit what is seen.
# Say: "The certificate checks the definition by a way of its own. Zero gain, zero error: it is an equilibrium."
for equilibrium in solution(scenario).to_dict()["equilibria"]:
    print(*equilibrium_sentences(equilibrium), sep="\n")

proof = sim.certificate(game, sim.perfect_bayesian(game))
print(f"\nFrance gains at most {proof.sender_gain.max():z.6f} by deviating, Russia {proof.receiver_gain.max():z.6f};")
print(f"beliefs miss Bayes' rule by {proof.bayes_error.max():z.6f}")

# %%
# Now the whole range: 65,536 sets of numbers, each game solved. Two questions that are easily confused.
# Say: "Same promise. Imposed, it invites a strike; chosen, it mostly does not. France commits where committing pays."
result = sim.run(scenario)
chosen = result.equilibrium

for stance in STANCES:
    held = frequency(result.doctrine[stance]["strike"]["mean"])
    free = frequency(chosen["by_signal"][stance]["strike"])
    often = frequency(chosen["sent"][stance])
    print(f"{stance:9} Russia strikes: {held:9} if France is held to it, {free:9} if France chose it, as in {often}")

# %%
# How far up the ladder? Here are the answers to the guesses.
# Say: "Zero under rule_out is arithmetic, not safety. Nobody is there to be hit."
sim.figures.ladder(result).get_figure()

# %%
# Three kinds of doubt, about 10,000 crises in which both sides play their best. Never add them up.
# Say: "The first we can buy down. The second needs better evidence. The third no evidence can settle."
for outcome in ("strike", "casualties", "war"):
    figure, (least, most) = chosen["selected"][outcome], chosen["range"][outcome]
    print(f"{outcome}: {10_000 * figure['mean']:,.1f}")
    print(f"  the computer: standard error {10_000 * figure['se']:.2f}, from {result.draws:,} draws")
    print(f"  the world:    {10_000 * figure['q05']:,.1f} to {10_000 * figure['q95']:,.1f}, 5 to 95 % of the draws")
    print(f"  the theory:   {10_000 * least:,.1f} to {10_000 * most:,.1f}, over all equilibria")

# %% [markdown]
# # What it does not claim
#
# - **No forecast.** These are conclusions from assumptions. Change the assumptions and they change.
# - **One voice.** The evidence is one commentary, read by us. Another reader would choose other numbers.
# - **One danger.** Only attacks on French trainers count. Whatever else follows from ruling them out, this model cannot
#   see it.
# - **One encounter.** One signal, one decision. Nobody learns from last month.
# - **One pick.** Of several equilibria we show the one that suits France best, and the range over all of them.
#
# Look at your guesses again. Which was furthest off? What did you believe that the model does not?

# %% [markdown]
# # Exercise
#
# Give France a reputation, and see whom it impresses:
#
# ```python
# tougher = sim.run(scenario.override({"prior.resolute": 0.8}))
# sim.figures.ladder(tougher).get_figure()
# ```
#
# 1. *Before you run it:* which stance does the reputation help more, `ambiguous` or `commit`?
# 2. Under `ambiguous` strikes become rarer, and yet `war` does not. Which rung turns the tide, and why?
# 3. Burn the bridges behind a promise instead: `"signal.commit.audience_cost": 3.0`. Strikes after `commit` get rare.
#    Whose mind changes first, France's or Russia's?
# 4. Find another number that makes a promise deter better than ambiguity. Would you defend it before a minister?
