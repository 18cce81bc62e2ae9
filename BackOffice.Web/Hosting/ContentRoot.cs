namespace BackOffice.Web.Hosting;

/// <summary>Finds the folder that holds appsettings.json and, unless configured otherwise, the data.</summary>
/// <remarks>
/// `dotnet run` starts in the project's folder and a service starts anywhere, so the working directory says nothing.
/// A published application is its own root; a build inside the source tree uses the tree's top level.
/// </remarks>
internal static class ContentRoot
{
    public static string Find() => Find(AppContext.BaseDirectory);

    internal static string Find(string program)
    {
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BackOffice.sln")))
            {
                return folder.FullName;
            }
        }

        return program;
    }
}
