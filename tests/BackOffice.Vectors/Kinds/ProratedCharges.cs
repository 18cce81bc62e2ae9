using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using NodaTime;
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Vectors.Kinds;

/// <summary>Charges for units that were there on some days of a period.</summary>
internal static class ProratedCharges
{
    public static void Translate(Vector vector, Check check)
    {
        var price = PriceFacts.Of(vector.Kind.Split(' ')[0], vector.Root["properties"]);
        var units = UnitsOf(vector, check);
        var steps = price.StepsFor(units);
        ChargeModels.Compare(vector, check, steps, units.Quantity);
        ChargeModels.CompareVolume(check, steps, units.Quantity);
    }

    private static Units UnitsOf(Vector vector, Check check)
    {
        var input = vector.Input;
        if (input["events_in_order"].IsThere)
        {
            return Of([.. input["events_in_order"].Items.Select(item => Part(item["units"].Number, item["prorated_units"].Number))]);
        }

        return input["period_from"].IsThere ? Measured(vector, check)
            : input["full_units"].NumberOrNull is { } full ? Of([Part(full, input["units"].Number)])
            : ChargeModels.UnitsOf(vector);
    }

    private static Units Measured(Vector vector, Check check)
    {
        var input = vector.Input;
        var (from, to) = (input["period_from"].Day, input["period_to"].Day.PlusDays(1));
        var days = input["period_days"].Whole;
        var window = UsageWindow.Of(new Period(from, to), new Period(from, from.PlusDays(days)), DateTimeZone.Utc);
        var words = vector.Root["properties"]["metric"].Text;
        var metric = UsageFacts.Metric(words.Split(',')[0], words, input);
        var meter = new Meter(metric, window, MeterNeeds.Days);
        var opening = input["opening_units"].NumberOrNull ?? 0;
        var openingDays = input["opening_units_days"].WholeOrNull;
        if (opening != 0 && openingDays is null)
        {
            meter.Carry(MeterState.Opening(Aggregation.Sum, opening));
        }

        foreach (var usage in input["events"].Items.Concat(input["operations"].Items).Select(Event))
        {
            meter.Add(usage);
        }

        check.IfExpected("units_at_end", () => meter.Result.Level);
        var measured = meter.Result.ToUnits(Currency.Of("USD"));
        return openingDays is { } share
            ? new Units(opening + measured.Quantity) { Parts = [new UnitsForDays(opening, share, days), .. measured.Parts] }
            : measured;
    }

    private static UsageEvent Event(Facts facts, int id) => UsageFacts.Event(
        id, "event", facts["date"].Day.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(),
        facts.Members.Where(member => member.Name is not ("date" or "units" or "op"))
            .Concat(facts["units"].IsThere ? [("value", facts["units"])] : Array.Empty<(string, Facts)>())
            .Concat(facts["op"].IsThere ? [(UsageEvent.OperationProperty, facts["op"])] : Array.Empty<(string, Facts)>()));

    private static Units Of(IReadOnlyList<UnitsForDays> parts) => new(parts.Sum(part => part.Quantity)) { Parts = parts };

    // The share that prorated units are of full ones, as a fraction of whole numbers.
    private static UnitsForDays Part(decimal full, decimal prorated)
    {
        if (full == 0)
        {
            return new(0, 0, 1);
        }

        var (days, ofDays) = (Math.Abs(prorated), Math.Abs(full));
        while (decimal.Truncate(days) != days || decimal.Truncate(ofDays) != ofDays)
        {
            (days, ofDays) = (days * 10, ofDays * 10);
        }

        return new(full, checked((int)days), checked((int)ofDays));
    }
}
