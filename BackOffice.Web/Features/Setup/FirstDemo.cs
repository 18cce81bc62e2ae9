using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Setup;

/// <summary>Loads the demo at the end of set-up, when nobody has signed in yet: the installation itself does it.</summary>
public sealed class FirstDemo(DemoCompany demo, ActorSource source)
{
    public Task Run(CancellationToken cancel)
    {
        source.ActAs(new Actor(null, "Set-up"));
        return demo.Run(withCompany: false, cancel: cancel);
    }
}
