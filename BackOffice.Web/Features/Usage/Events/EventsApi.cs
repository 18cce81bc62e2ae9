using System.Buffers;
using System.Globalization;
using System.Text.Json;
using BackOffice.Web.Features.Api;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Usage events by HTTP. What the requests look like stands in openapi.json and docs/operate/api.md.</summary>
internal static class EventsApi
{
    private const string Json = "application/json; charset=utf-8";
    private const long Slack = 1 << 20;

    private static readonly string[] Whole = ["application/json", "application/cloudevents+json", "application/cloudevents-batch+json"];
    private static readonly string[] Streams = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    public static void MapEvents(this WebApplication app)
    {
        // Programs are let in by their keys, which the use cases ask for; people's cookies count for nothing here.
        var api = app.MapGroup("/api").AllowAnonymous();
        api.MapPost("/v1/usage/events", Accept);
        api.MapPost("/v1/usage/events/estimate", Estimate);
        api.MapGet("/v1/usage/events", Search);
        api.MapGet("/v1/openapi.json", Describe);
        api.Map("/{**rest}", NotHere);
    }

    private static Task Accept(
        HttpContext context, [FromServices] AcceptEvents accept, [FromServices] ApiSettings settings, [FromServices] IClock clock) =>
        context.Answer(async () =>
        {
            var body = new EventBodies(context.Request.BodyReader, clock);
            if (IsOneOf(context, Streams))
            {
                Allow(context, settings.MaxStreamBytes);
                await Stream(context, accept, body);
                return;
            }

            Allow(context, settings.MaxBodyBytes + Slack);
            var attributes = Attributes(context);
            RequireKind(context);
            var single = true;
            var answer = await accept.Run(context.Key(), async cancel =>
            {
                var sent = await body.ReadWhole(settings.MaxBodyBytes, attributes, cancel);
                single = sent.IsSingle;
                return sent;
            }, cancel: context.RequestAborted);
            if (single && answer.Faults.TryGetValue(0, out var why))
            {
                var conflict = answer.Outcomes[0] == EventOutcome.Conflict;
                await context.Problem(
                    conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity,
                    conflict ? "Conflict" : "Rejected", why.Message, why.Code, ("field", why.Column), ("value", why.Value));
                return;
            }

            await Write(context, json => EventsJson.Write(json, answer));
        });

    private static Task Estimate(
        HttpContext context, [FromServices] EstimateEvents estimate, [FromServices] ApiSettings settings, [FromServices] IClock clock) =>
        context.Answer(async () =>
        {
            Allow(context, settings.MaxBodyBytes + Slack);
            var (body, attributes) = (new EventBodies(context.Request.BodyReader, clock), Attributes(context));
            RequireKind(context);
            var answer = await estimate.Run(
                context.Key(), cancel => body.ReadWhole(settings.MaxBodyBytes, attributes, cancel), context.RequestAborted);
            await Write(context, json => EventsJson.Write(json, answer));
        });

    private static Task Search(HttpContext context, [FromServices] SearchEvents search) =>
        context.Answer(async () =>
        {
            var query = context.Request.Query;
            var limit = Number(context, "limit") ?? 100;
            if (limit is < 1 or > SearchEvents.MaxLimit)
            {
                throw Wrong("limit", $"a whole number from 1 to {SearchEvents.MaxLimit:N0}");
            }

            var found = await search.Run(context.Key(), new EventSearch(
                Text("subscription"), Text("metric"), Text("transactionId"), Moment(context, "from"), Moment(context, "to"),
                Number(context, "cursor"), (int)limit), context.RequestAborted);
            await Write(context, json => EventsJson.Write(json, found));

            string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
        });

    private static Task Describe(HttpContext context)
    {
        context.Response.ContentType = Json;
        return typeof(EventsApi).Assembly.GetManifestResourceStream("openapi.json")!
            .CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Task NotHere(HttpContext context) => context.Problem(
        StatusCodes.Status404NotFound, "Not here",
        "There is nothing at this address, or not by this method. See /api/v1/openapi.json.", "not_found");

    // Each piece is answered when it is stored, so that a sender knows how far he is whenever the connection breaks.
    private static async Task Stream(HttpContext context, AcceptEvents accept, EventBodies body)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        for (var first = 0L; !body.IsOver; first = body.Count)
        {
            var answer = await Piece(context, accept, body);
            if (answer is null)
            {
                return;
            }

            if (first == 0)
            {
                context.Response.ContentType = "application/x-ndjson";
            }

            Lines(context.Response.BodyWriter, answer, first);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    private static void Lines(IBufferWriter<byte> to, EventsAnswer answer, long first)
    {
        using var json = new Utf8JsonWriter(to, EventsJson.Options);
        for (var index = 0; index < answer.Outcomes.Count; index++)
        {
            EventsJson.WriteItem(json, answer, index, first);
            json.Flush();
            json.Reset();
            to.Write("\n"u8);
        }
    }

    // Null when the stream was refused after some of it was answered: its last line says why.
    private static async Task<EventsAnswer?> Piece(HttpContext context, AcceptEvents accept, EventBodies body)
    {
        try
        {
            return await accept.Run(context.Key(), body.ReadPiece, partOfStream: body.Count > 0, context.RequestAborted);
        }
        catch (ApiRefused refused) when (context.Response.HasStarted)
        {
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter, EventsJson.Options);
            json.WriteStartObject();
            json.WriteNumber("index", body.Count);
            json.WriteString("outcome", "stopped");
            json.WriteString("code", refused.Code);
            json.WriteString("message", refused.Message);
            json.WriteEndObject();
            return null;
        }
    }

    private static async Task Write(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = Json;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, EventsJson.Options);
        write(json);
    }

    private static void Allow(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }

    private static bool IsOneOf(HttpContext context, string[] types) =>
        types.Contains(context.Request.ContentType?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    private static void RequireKind(HttpContext context)
    {
        if (!IsOneOf(context, Whole) || context.Request.Headers.ContentEncoding.Count > 0)
        {
            throw new ApiRefused(
                ApiFault.WrongKind, "wrong_content_type",
                $"Send JSON, not compressed, as {string.Join(", ", Whole)}, or a stream of lines as {Streams[0]}.");
        }
    }

    // The attributes of a CloudEvent in binary mode, percent-encoded as its HTTP binding says.
    private static List<KeyValuePair<string, string>>? Attributes(HttpContext context)
    {
        const string Prefix = "ce-";
        return context.Request.Headers.ContainsKey("ce-specversion")
            ? [.. context.Request.Headers.Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                .Select(header => KeyValuePair.Create(
                    header.Key[Prefix.Length..].ToLowerInvariant(), Uri.UnescapeDataString(header.Value.ToString())))]
            : null;
    }

    private static long? Number(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong(name, "a whole number");

    private static Instant? Moment(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is not { Length: > 0 } text ? null
        : OffsetDateTimePattern.ExtendedIso.Parse(text.Replace(' ', '+')) is { Success: true } parsed ? parsed.Value.ToInstant()
        : throw Wrong(name, "a time with its offset, such as 2026-12-31T18:00:00Z");

    private static ApiRefused Wrong(string name, string what) =>
        new(ApiFault.Malformed, "parameter_malformed", $"The parameter {name} is not {what}. Correct it.");
}
