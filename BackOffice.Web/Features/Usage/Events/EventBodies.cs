using System.Buffers;
using System.IO.Pipelines;
using BackOffice.Web.Features.Api;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Takes events off a connection: a whole body, or a stream piece by piece.</summary>
internal sealed class EventBodies(PipeReader body, IClock clock)
{
    private const int LinesAtOnce = 1_000;
    private const int LongestLine = 256 << 10;

    /// <summary>The stream is read to its end.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How many events the stream has had so far.</summary>
    public long Count { get; private set; }

    /// <summary>Reads all of a body of one event or a batch.</summary>
    /// <param name="attributes">What a CloudEvent says in headers; null when the body says all.</param>
    public async Task<SentEvents> ReadWhole(
        long maxBytes, IReadOnlyList<KeyValuePair<string, string>>? attributes, CancellationToken cancel)
    {
        ReadResult read;
        while (!(read = await body.ReadAsync(cancel)).IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            RequireSmall(read.Buffer.Length, maxBytes);
        }

        var length = (int)Math.Min(read.Buffer.Length, int.MaxValue);
        if (length > maxBytes)
        {
            body.AdvanceTo(read.Buffer.End);
            RequireSmall(length, maxBytes);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(length); // In one piece it is read much faster.
        try
        {
            read.Buffer.CopyTo(bytes);
            body.AdvanceTo(read.Buffer.End);
            using var events = new EventReader(clock.GetCurrentInstant());
            var whole = new ReadOnlySequence<byte>(bytes, 0, length);
            if (attributes is null)
            {
                events.ReadBody(whole);
            }
            else
            {
                events.ReadData(attributes, whole);
            }

            return events.Sent;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Reads the next lines of a stream: what has come, at most a thousand. None when the stream is over.</summary>
    public async Task<SentEvents> ReadPiece(CancellationToken cancel)
    {
        using var events = new EventReader(clock.GetCurrentInstant());
        while (!IsOver && events.Sent.Items.Count < LinesAtOnce)
        {
            if (!body.TryRead(out var read))
            {
                if (events.Sent.Items.Count > 0)
                {
                    break; // The sender waits, perhaps for an answer.
                }

                read = await body.ReadAsync(cancel);
            }

            var rest = Lines(read.Buffer, events);
            if (read.IsCompleted && events.Sent.Items.Count < LinesAtOnce)
            {
                ReadLine(rest, events);
                rest = rest.Slice(rest.End);
                IsOver = true;
            }

            var isTooLong = rest.Length > LongestLine && rest.PositionOf((byte)'\n') is null;
            body.AdvanceTo(rest.Start, events.Sent.Items.Count < LinesAtOnce ? rest.End : rest.Start);
            if (isTooLong)
            {
                throw new ApiRefused(
                    ApiFault.TooLarge, "line_too_large", "A line is longer than 256 KiB. Write each event in a line of its own.");
            }
        }

        Count += events.Sent.Items.Count;
        return events.Sent;
    }

    private static ReadOnlySequence<byte> Lines(ReadOnlySequence<byte> buffer, EventReader events)
    {
        while (events.Sent.Items.Count < LinesAtOnce && buffer.PositionOf((byte)'\n') is { } end)
        {
            ReadLine(buffer.Slice(0, end), events);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        return buffer;
    }

    private static void ReadLine(ReadOnlySequence<byte> line, EventReader events)
    {
        foreach (var piece in line)
        {
            if (piece.Span.ContainsAnyExcept(" \t\r"u8))
            {
                events.ReadLine(line);
                return;
            }
        }
    }

    private static void RequireSmall(long bytes, long maxBytes)
    {
        if (bytes > maxBytes)
        {
            throw new ApiRefused(
                ApiFault.TooLarge, "body_too_large", $"The body is larger than {maxBytes:N0} bytes. Send smaller batches.");
        }
    }
}
