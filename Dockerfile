# One image, one volume: docker build -t backoffice . && docker run -p 8080:8080 -v backoffice:/data backoffice
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt appsettings.json ./
COPY BackOffice.Core/ BackOffice.Core/
COPY BackOffice.Data/ BackOffice.Data/
COPY BackOffice.Web/ BackOffice.Web/
RUN dotnet publish BackOffice.Web -c Release -r linux-x64 --no-self-contained -p:RestoreLockedMode=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# Everything that must survive lies here: the databases, the keys, the documents. Mount it or lose it.
RUN mkdir /data && chown $APP_UID:$APP_UID /data
VOLUME /data
# Urls wins over appsettings.json, which listens on localhost only; the base image's own port setting would only warn.
# Everything in appsettings.json can be said here, such as -e AllowedHosts=billing.example.com behind a proxy.
ENV DataDirectory=/data Urls=http://+:8080 ASPNETCORE_HTTP_PORTS=
EXPOSE 8080
USER $APP_UID
# The image has no curl: the program asks its own /healthz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "BackOffice.Web.dll", "health"]
ENTRYPOINT ["dotnet", "BackOffice.Web.dll"]
