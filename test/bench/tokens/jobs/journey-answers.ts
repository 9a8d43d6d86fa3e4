/** What the tools of the journeys answer: made up, of the size and shape of such answers. */
import type { Json, JsonObject } from '../../../../core/index.js';

const range = (count: number): readonly number[] => [...Array(count).keys()];

/** By the tool's name; a tool that no job calls has none. */
export const JOURNEY_ANSWERS: Readonly<Record<string, (args: JsonObject) => Json>> = {
  get_weather_by_city: ({ city }) => ({
    city: city ?? '',
    days: range(7).map((day) => ({
      date: `2026-05-0${String(day + 1)}`,
      max_celsius: 19 + (day % 4),
      min_celsius: 11 + (day % 3),
      rain_mm: city === 'Porto' ? day % 2 : 3 * day,
      wind_kmh: 12 + day,
      description: day % 2 === 0 ? 'mostly sunny' : 'light showers',
    })),
  }),
  airbnb_search: () => ({
    listings: range(18).map((at) => ({
      id: String(1000 + at),
      name: `Room ${String(at)}`,
      url: `https://www.airbnb.com/rooms/${String(1000 + at)}`,
      eur_per_night: 71 + 3 * ((at + 11) % 18),
      rating: 4 + (at % 10) / 10,
      badges: at % 3 === 0 ? ['Guest favourite'] : [],
      summary: 'Entire apartment, 1 bedroom, 1 bed, 1 bath, self check-in with a lockbox, free cancellation',
    })),
  }),
  airbnb_listing_details: ({ id }) => ({
    id: id ?? '',
    latitude: 41.15,
    longitude: -8.61,
    amenities: range(40).map((at) => `amenity ${String(at)} of the kitchen, the bath or the room`),
    house_rules: range(12).map(
      (at) => `Rule ${String(at)}: please leave the room as you would like to find it`,
    ),
    description: 'A bright room in an old house above the river, with a small kitchen and a balcony. '.repeat(
      12,
    ),
  }),
  geocode_address: ({ address }) => ({
    address: address ?? '',
    latitude: 41.1486,
    longitude: -8.5851,
    country: 'Portugal',
    importance: 0.61,
  }),
  find_nearby_places: () => ({
    places: range(20).map((at) => ({
      name: `Place ${String(at)}`,
      category: 'restaurant',
      rating: 4 + (at % 5) / 10 + (at % 5 === 3 ? 0.3 : 0),
      latitude: 41.15 + at / 1000,
      longitude: -8.61 - at / 1000,
      opening_hours: 'Mo-Sa 12:00-15:00, 19:00-23:00',
      address: `Rua das Flores ${String(10 + at)}, Porto`,
    })),
  }),
  get_route_directions: () => ({
    distance_m: 3120,
    duration_s: 780,
    steps: range(30).map((at) => ({
      instruction: `Turn ${at % 2 === 0 ? 'left' : 'right'} into street ${String(at)}`,
      distance_m: 100 + at,
      duration_s: 26,
    })),
  }),
  exchange_rate: ({ baseCurrency, targetCurrency }) => ({
    base: baseCurrency ?? '',
    target: targetCurrency ?? '',
    date: '2026-04-20',
    rate: 1.09,
  }),
  convert_time: ({ target_timezone }) => ({
    timezone: target_timezone ?? '',
    time: '23:30',
    difference: '+5.0h',
  }),
  generate_bar_chart: () => ({ url: 'https://charts.example/9f31c2.png' }),
  write_note: () => ({
    file_path: 'travel/note.md',
    permalink: 'travel/note',
    checksum: '4a9fd2c1',
    observations: 1,
  }),
};
