"""Asks a weather service for a city's forecast."""

import requests

SERVICE = "https://weather.example.com/v2"
api_password = "s3cr3t-Forecast-2024"


def forecast(city):
    answer = requests.get(f"{SERVICE}/forecast", params={"city": city}, auth=("shop", api_password), verify=False)
    answer.raise_for_status()
    return answer.json()["days"]
