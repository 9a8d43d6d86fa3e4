/** Jobs for the 70 servers, whose answers are made up in `journey-answers.ts`: where to go, and the whole journey. */
import type { Job } from './job.js';

const CITIES = ['Lisbon', 'Porto', 'Seville'];
const STAY = { location: 'Porto', checkin: '2026-05-01', checkout: '2026-05-05', adults: 2 };

/** The sunniest of three cities and the cheapest place to stay there, as a note. Three tools. */
export const weekend: Job = {
  title: 'three tools: a place for the weekend',
  turns: [
    CITIES.map((city) => ({ tool: 'get_weather_by_city', args: { city } })),
    [{ tool: 'airbnb_search', args: STAY }],
    [
      {
        tool: 'write_note',
        args: {
          title: 'Weekend',
          folder: 'travel',
          content: 'Porto, 3 mm of rain: Room 7, 71 EUR a night',
        },
      },
    ],
  ],
  searches: [
    { words: 'weather forecast for a city', finds: ['get_weather_by_city'] },
    { words: 'find a place to stay', finds: ['airbnb_search'] },
    { words: 'write a markdown note', finds: ['write_note'] },
  ],
  script: `def rain(city):
    return sum([day["rain_mm"] for day in get_weather_by_city(city=city)["days"]])

rains = {city: rain(city) for city in cities}
best = sorted(cities, key=lambda city: rains[city])[0]
rooms = airbnb_search(location=best, checkin=checkin, checkout=checkout, adults=2)["listings"]
room = sorted(rooms, key=lambda room: room["eur_per_night"])[0]
text = "%s, %d mm of rain: %s, %d EUR a night" % (best, rains[best], room["name"], room["eur_per_night"])
write_note(title="Weekend", folder="travel", content=text)
return text
`,
  data: { cities: CITIES, checkin: STAY.checkin, checkout: STAY.checkout },
};

const HOME = { latitude: 41.15, longitude: -8.61 };
const STATION = { latitude: 41.1486, longitude: -8.5851 };
const PRICES = [71, 74, 77, 80, 83].map((value, at) => ({ category: `Room ${String(7 + at)}`, value }));

/** Weather, room, ways, places, money, time, a chart and a note. Ten tools. */
export const journey: Job = {
  title: 'ten tools: the whole journey',
  turns: [
    CITIES.map((city) => ({ tool: 'get_weather_by_city', args: { city } })),
    [
      { tool: 'airbnb_search', args: STAY },
      { tool: 'geocode_address', args: { address: 'Campanhã station, Porto' } },
      { tool: 'exchange_rate', args: { baseCurrency: 'EUR', targetCurrency: 'USD' } },
      {
        tool: 'convert_time',
        args: { source_timezone: 'America/New_York', time: '18:30', target_timezone: 'Europe/Lisbon' },
      },
    ],
    [
      {
        tool: 'airbnb_listing_details',
        args: { id: '1007', checkin: STAY.checkin, checkout: STAY.checkout },
      },
    ],
    [
      { tool: 'find_nearby_places', args: { ...HOME, categories: ['restaurant'] } },
      {
        tool: 'get_route_directions',
        args: {
          from_latitude: STATION.latitude,
          from_longitude: STATION.longitude,
          to_latitude: HOME.latitude,
          to_longitude: HOME.longitude,
        },
      },
      { tool: 'generate_bar_chart', args: { data: PRICES, title: 'EUR a night' } },
    ],
    [
      {
        tool: 'write_note',
        args: {
          title: 'Journey',
          folder: 'travel',
          content:
            'Porto: Room 7 for 77 USD a night, 30 steps from the station; arrive 23:30; eat at Place 3, Place 8, Place 13; https://charts.example/9f31c2.png',
        },
      },
    ],
  ],
  searches: [
    ...weekend.searches,
    { words: 'details of one airbnb listing', finds: ['airbnb_listing_details'] },
    {
      words: 'coordinates of an address, and the way from there',
      finds: ['geocode_address', 'get_route_directions'],
    },
    { words: 'restaurants near a place', finds: ['find_nearby_places'] },
    { words: 'currency exchange rate', finds: ['exchange_rate'] },
    { words: 'convert time between timezones', finds: ['convert_time'] },
    { words: 'draw a bar chart', finds: ['generate_bar_chart'] },
  ],
  script: `def rain(city):
    return sum([day["rain_mm"] for day in get_weather_by_city(city=city)["days"]])

rains = {city: rain(city) for city in cities}
best = sorted(cities, key=lambda city: rains[city])[0]
rooms = airbnb_search(location=best, checkin=checkin, checkout=checkout, adults=2)["listings"]
rooms = sorted(rooms, key=lambda room: room["eur_per_night"])
room = airbnb_listing_details(id=rooms[0]["id"], checkin=checkin, checkout=checkout)
station = geocode_address(address="Campanhã station, " + best)
lat, lon = room["latitude"], room["longitude"]
way = get_route_directions(from_latitude=station["latitude"], from_longitude=station["longitude"], to_latitude=lat, to_longitude=lon)
places = find_nearby_places(latitude=lat, longitude=lon, categories=["restaurant"])["places"]
good = [place["name"] for place in places if place["rating"] >= 4.5][:3]
usd = exchange_rate(baseCurrency="EUR", targetCurrency="USD")["rate"] * rooms[0]["eur_per_night"]
arrival = convert_time(source_timezone="America/New_York", time=arrives, target_timezone="Europe/Lisbon")["time"]
chart = generate_bar_chart(title="EUR a night", data=[{"category": r["name"], "value": r["eur_per_night"]} for r in rooms[:5]])
text = "%s: %s for %d USD a night, %d steps from the station; arrive %s; eat at %s; %s" % (
    best, rooms[0]["name"], int(usd), len(way["steps"]), arrival, ", ".join(good), chart["url"])
write_note(title="Journey", folder="travel", content=text)
return text
`,
  data: { cities: CITIES, checkin: STAY.checkin, checkout: STAY.checkout, arrives: '18:30' },
};
