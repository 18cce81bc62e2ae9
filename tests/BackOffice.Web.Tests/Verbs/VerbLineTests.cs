using BackOffice.Web.Verbs;

namespace BackOffice.Web.Tests.Verbs;

public sealed class VerbLineTests
{
    [Theory]
    [InlineData("", false, "no argument starts the server")]
    [InlineData("serve", false, "the server by its name")]
    [InlineData("--Urls http://localhost:5999", false, "settings belong to the server")]
    [InlineData("migrate", true, "a verb")]
    [InlineData("invoices approve --run 1", true, "a verb with options")]
    [InlineData("--help", true, "help lists the verbs")]
    [InlineData("nonsense", true, "an unknown word is refused, not taken for a server")]
    public void Tells_a_verb_from_the_server(string line, bool isVerb, string why) =>
        Assert.True(VerbLine.IsVerb(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) == isVerb, why);

    [Theory]
    [InlineData("nonsense", "an unknown verb")]
    [InlineData("billing run", "a needed option is missing")]
    [InlineData("billing run --through 2023-11-31", "not a day")]
    [InlineData("usage import x.csv --commit some", "not one of the choices")]
    public async Task Bad_usage_ends_with_2(string line, string why) =>
        Assert.True(await VerbLine.Run(line.Split(' ')) == VerbLine.BadUsage, why);
}
