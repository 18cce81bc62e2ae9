using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using BackOffice.Core.Common;
using BackOffice.Web.Hosting;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Verbs;

/// <summary>What a verb says at the end: lines for a person, one object for a script.</summary>
/// <param name="Ok">False when what was asked for was done but the answer is bad news: the exit code is 1.</param>
internal sealed record Answer(string Text, object Json, bool Ok = true);

/// <summary>A verb at work: its options, and the application's services in a scope of their own.</summary>
internal sealed record VerbCall(ParseResult Options, IServiceProvider Services, CancellationToken Cancel)
{
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}

/// <summary>Makes a command that runs a use case as the pages do: same services, same rules, same refusals.</summary>
internal static class Verb
{
    private static readonly JsonSerializerOptions JsonShape = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Of(string name, string description, Func<VerbCall, Task<Answer>> work, params IEnumerable<Symbol> parts) =>
        Of(name, description, work, usesDatabase: true, parts);

    /// <summary>A verb that leaves the database alone, such as one that only asks the server.</summary>
    public static Command WithoutDatabase(string name, string description, Func<VerbCall, Task<Answer>> work) =>
        Of(name, description, work, usesDatabase: false, []);

    private static Command Of(
        string name, string description, Func<VerbCall, Task<Answer>> work, bool usesDatabase, IEnumerable<Symbol> parts)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        var command = new Command(name, description) { json };
        foreach (var part in parts)
        {
            if (part is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)part);
            }
        }

        command.SetAction((parsed, cancel) => Execute(parsed, parsed.GetValue(json), usesDatabase, work, cancel));
        return command;
    }

    private static async Task<int> Execute(
        ParseResult parsed, bool json, bool usesDatabase, Func<VerbCall, Task<Answer>> work, CancellationToken cancel)
    {
        try
        {
            await using var app = Build();
            if (usesDatabase)
            {
                await app.Services.PrepareDatabase(cancel);
            }

            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
            var answer = await work(new VerbCall(parsed, scope.ServiceProvider, cancel));
            await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(answer.Json, JsonShape) : answer.Text);
            return answer.Ok ? 0 : VerbLine.Refused;
        }
        catch (RuleBroken refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return VerbLine.Refused;
        }
    }

    // The server's own composition, without its settings taken from the command line: those are the verb's options.
    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = ContentRoot.Find() });
        builder.AddBackOffice();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter((_, level) => level >= LogLevel.Warning);
        return builder.Build();
    }
}
