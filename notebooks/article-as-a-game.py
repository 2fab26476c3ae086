# %% [markdown] slideshow={"slide_type": "slide"}
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

# %% slideshow={"slide_type": "slide"}
# From words to a number. The article gives none: its words bound a range, and the rest is judgement.
# %matplotlib inline
from textwrap import fill

import matplotlib.style
import numpy as np
from IPython.display import display
from matplotlib.figure import Figure

import sim

matplotlib.style.use(sim.figures.STYLE)  # text that can be read from the back row
scenario = sim.load_scenario("macron-2024")
backing = scenario.entries["signal.ambiguous.ally_backing"]
low, middle, high = backing.distribution.quantile(np.array([0.05, 0.5, 0.95]))
told = f"Do allies back France after a hit? Our belief:\n{low:.2f} to {high:.2f}, as soon below as above {middle:.2f}"

print(f"{scenario.title}\n\nclaims in the article:", *backing.evidence, sep="\n  ")
print(f"\n{fill(backing.rationale, 84)}")
axes = Figure(layout="constrained").add_subplot()
axes.hist(backing.distribution.quantile(np.linspace(1e-4, 1 - 1e-4, 10_000)), bins=40, range=(0, 1))
axes.set(title=told, xlabel="chance that key allies back France by deeds", ylabel="how much we believe it", yticks=[])
display(axes.figure, metadata={"image/png": {"alt": f"{told}. A histogram of one broad hill from 0 to 1."}})

# %% [markdown] slideshow={"slide_type": "notes"}
# Say: "Judgement comes in here. It also comes in with who moves, what each side knows, and what it wants."
#
# Ask for another reader's range. Nobody's is wrong; all are arguable, and that is the point of writing them down.

# %% slideshow={"slide_type": "slide"}
# What does each side want, and what does Russia believe? Every number at its median: one game, small enough to see.
solved = sim.solution(scenario)
print(f"{len(scenario.entries)} numbers, each at its median")
for france, of_france in zip(solved.labels.types, solved.game.sender, strict=True):
    for stance, (hold, strike) in zip(solved.labels.signals[1:], of_france[1:], strict=True):
        print(f"{stance:9} {france:8} France gets {hold:+z.2f} if Russia holds, {strike:+z.2f} if it strikes")
display(sim.figures.beliefs(solved).figure, metadata={"image/png": {"alt": sim.figures.beliefs_alt_text(solved)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# Say: "One is what folding costs France. Compare its outcomes with each other, never with Russia's."
#
# A strike pays against a bluff and costs against resolve. In between lies the break-even belief, the black bar: Russia
# strikes while it thinks France less likely to be resolute than that. Nobody commits here, so any belief will do there.

# %% slideshow={"slide_type": "slide"}
# Every equilibrium. Nobody can gain by acting otherwise, and beliefs fit what is seen.
proof = solved.certificate
print(f"equilibria: {', '.join(solved.equilibria.family)}")
print(f"France gains at most {proof.sender_gain.max():z.6f} by deviating, Russia {proof.receiver_gain.max():z.6f};")
print(f"beliefs miss Bayes' rule by {proof.bayes_error.max():z.6f}")
display(sim.figures.tree(solved).figure, metadata={"image/png": {"alt": sim.figures.tree_alt_text(solved)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# Say: "A check that shares no code with the solver goes by the definition. No gain, no error: it is an equilibrium."
#
# Read the tree from left to right. Pale branches are never taken, and yet they hold the rest in place.

# %% slideshow={"slide_type": "slide"}
# The whole range: every draw is a world, each game solved. Is a promise struck as often if it is chosen as if imposed?
result = sim.run(scenario)
chosen = result.equilibrium
for stance in result.struck:
    print(f"{stance:9} is what France chooses in {100 * chosen['sent'][stance]:.0f} of 100 crises")
display(sim.figures.ladder(result).figure, metadata={"image/png": {"alt": sim.figures.ladder_alt_text(result)}})
display(sim.figures.promise(result).figure, metadata={"image/png": {"alt": sim.figures.promise_alt_text(result)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# Say: "Here are the answers to the guesses." Then: "Same promise. Imposed, it invites a strike; chosen, it mostly does
# not. France commits where committing pays."
#
# Say: "Nothing under ruling out is arithmetic, not safety. Nobody is there to be hit."

# %% slideshow={"slide_type": "slide"}
# Three kinds of doubt, of crises in which both sides play their best. Never add them up.
print(f"of 10,000 crises, over {result.draws:,} draws\n")
for outcome in ("strike", "casualties", "war"):
    figure, (least, most) = chosen["selected"][outcome], chosen["range"][outcome]
    print(f"{outcome}: {10_000 * figure['mean']:,.1f}")
    print(f"  the computer: standard error {10_000 * figure['se']:.2f}; more draws shrink it")
    print(
        f"  the world:    {10_000 * figure['q05']:,.1f} to {10_000 * figure['q95']:,.1f} in 90 of 100 draws; ", end=""
    )
    print("better evidence shrinks it")
    print(f"  the theory:   {10_000 * least:,.1f} to {10_000 * most:,.1f} over all equilibria; no evidence shrinks it")

# %% [markdown] slideshow={"slide_type": "slide"}
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

# %% [markdown] slideshow={"slide_type": "slide"}
# # Exercise
#
# Give France a reputation, then burn the bridges behind its promise instead:
#
# ```python
# plain = sim.run(scenario, draws=4096)
# tougher = sim.run(scenario.override({"prior.resolute": 0.8}), draws=4096)
# tied = sim.run(scenario.override({"signal.commit.audience_cost": 3.0}), draws=4096)
# ```
#
# 1. *Before you run it:* which stance does the reputation help more, staying ambiguous or committing?
# 2. If France stays ambiguous strikes become rarer, and yet war does not. Which rung turns the tide, and why?
# 3. With bridges burnt, strikes on a promise become rare. Whose mind changes first, France's or Russia's?
# 4. Find another number that makes a promise deter better than ambiguity. Would you defend it before a minister?
#
# <details><summary>Answers</summary>
#
# 1. Committing: strikes fall by more, and a promise is now struck less often than ambiguity. Look at
#    `tougher.doctrine["commit"]["strike"]["mean"]`.
# 2. Retaliation. There are fewer hits, but more of them meet a France that stands, and only who stands can be drawn
#    into a war. Deterrence and the danger of war are two questions.
# 3. France's. Folding has become so costly that even a France without nerve would rather stand; Russia only draws the
#    conclusion. That is tied hands: the promise binds who gives it, and so convinces who hears it.
# 4. Try the price that Russia pays for the deed itself, `russia.attack_cost`, or what absent allies are worth to it,
#    `russia.division_gain`. Whatever you find: say which sentence of the article you would quote for it.
#
# </details>
