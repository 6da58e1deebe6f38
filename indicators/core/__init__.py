"""What everything stands on: settings, the published contract, periods and regions."""
