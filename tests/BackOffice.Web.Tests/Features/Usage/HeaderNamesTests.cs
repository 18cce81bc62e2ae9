using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class HeaderNamesTests
{
    [Theory]
    //          cell           name           why
    [InlineData(" calls  made ", "calls made", "spaces are one")]
    [InlineData("calls\u200B", "calls", "what nobody sees is not there")]
    [InlineData("cafe\u0301", "caf\u00E9", "one spelling of a letter")]
    [InlineData("\uFFFEcalls\uFFFF", "calls", "what is no character at all cannot be spelled")]
    [InlineData("\uFFFE", "Column 1", "nothing is left")]
    public void A_column_has_the_name_that_people_see(string cell, string name, string why) =>
        Assert.True(HeaderNames.Of([cell], hasHeader: true).Single() == name, why);
}
