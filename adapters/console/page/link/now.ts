/** The time, for what is drawn anew as it passes. */
import { useEffect, useState } from 'preact/hooks';

/** Whether whoever looks asked for little motion. */
export function wantsLittleMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Milliseconds since 1970, each frame while `moving` (each second where little motion is wanted). */
export function useNow(moving: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!moving) return undefined;
    if (wantsLittleMotion()) {
      const timer = setInterval(() => setNow(Date.now()), 1_000);
      return () => clearInterval(timer);
    }
    let frame = requestAnimationFrame(function next() {
      setNow(Date.now());
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [moving]);
  return now;
}

/** Milliseconds since 1970, told anew after so many: for what is told in words like "5 min ago". */
export function useSlowNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
