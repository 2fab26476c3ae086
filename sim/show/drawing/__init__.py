"""How is each figure drawn? One module a figure, and what several share; `sim.show.figures` lists them."""
