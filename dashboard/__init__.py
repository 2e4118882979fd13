"""The screens of the application, and the rooms behind them."""
