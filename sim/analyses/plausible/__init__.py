"""Where does the model lie beside base rates and forecasts?"""
