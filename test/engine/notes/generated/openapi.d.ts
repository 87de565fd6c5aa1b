/**
 * Types of the contract. Made from openapi.yaml by `npm run generate`; never edited by hand.
 */

export interface paths {
    "/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description Gives a token for the scopes that are asked for, or for all that the user has.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the server is there
         * @description Answers everybody, as long as it is.
         */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what there is
         * @description For machines that watch the server.
         */
        get: operations["readStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notes
         * @description The notes that fit, the oldest first, a page at a time.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Create a note
         * @description The server gives it an id.
         */
        post: operations["createNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a note
         * @description Its ETag says which version of it this is.
         */
        get: operations["readNote"];
        /**
         * Replace a note
         * @description Only the version that the client has read is replaced.
         */
        put: operations["replaceNote"];
        post?: never;
        /**
         * Delete a note
         * @description Only the version that the client has read is deleted.
         */
        delete: operations["deleteNote"];
        options?: never;
        /**
         * Look whether a note is there
         * @description Its ETag says which version of it there is.
         */
        head: operations["lookForNote"];
        /**
         * Change parts of a note
         * @description What is named is changed, what is null is emptied (RFC 7396).
         */
        patch: operations["mergeNote"];
        trace?: never;
    };
    "/notes/{id}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the file of a note
         * @description As it was sent.
         */
        get: operations["readAttachment"];
        /**
         * Attach a file to a note
         * @description In the place of the one that was attached before.
         */
        put: operations["writeAttachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all notes
         * @description As a table, or a note a line; what the client accepts.
         */
        get: operations["exportNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens to notes
         * @description First what happened since the event that is known, then what happens, as it does.
         */
        get: operations["watchNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Credentials: {
            /** @constant */
            grant_type?: "password";
            username: string;
            /** Format: password */
            password: string;
            scope?: string;
            client_id?: string;
            /** Format: password */
            client_secret?: string;
        };
        Token: {
            readonly access_token: string;
            /** @constant */
            token_type: "bearer";
            scope: string;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Statistics: {
            notes: number;
            attachments: number;
        };
        Id: string;
        Tag: string;
        NewNote: {
            text: string;
            tags?: components["schemas"]["Tag"][];
        };
        NotePatch: {
            text?: string;
            tags?: components["schemas"]["Tag"][] | null;
        };
        Note: {
            readonly id: string;
            text: string;
            tags: components["schemas"]["Tag"][];
            /** Format: date-time */
            readonly changed: string;
        };
        Page: {
            notes: components["schemas"]["Note"][];
            next?: string;
        };
        Filter: {
            text?: string;
            /** Format: date-time */
            changedSince?: string;
        };
        Upload: {
            /** Format: binary */
            file: string;
        };
        Change: {
            /** @enum {string} */
            what: "created" | "changed" | "deleted";
            note: string;
        };
        /** @description Why a request was refused (RFC 9457). */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** Format: uri-reference */
            readonly instance?: string;
            errors?: {
                /** Format: json-pointer-uri-fragment */
                pointer?: string;
                header?: string;
                parameter?: string;
                detail: string;
            }[];
        };
    };
    responses: {
        /** @description Nobody knows who asks. */
        Unknown: {
            headers: {
                /** @description How to say who asks. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who asks may only read. */
        Forbidden: {
            headers: {
                /** @description The scope that is needed. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such note, or it has no file. */
        Missing: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is none in what the client accepts. */
        Unacceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The note has been changed since. */
        Stale: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is compressed, or in another media type or charset. */
        Unsupported: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A parameter breaks a rule of its schema. */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The note breaks a rule of its schema. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The note or a parameter breaks a rule of its schema. */
        InvalidNote: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something unexpected went wrong. The cause is in the server's log. */
        Unexpected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The ETag of the version that is known already. */
        IfNoneMatch: string;
        /** @description The ETag of the version that the client has read. */
        IfMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description The version. */
        ETag: string;
        /** @description A token must not be kept by caches. */
        NoStore: "no-store";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description The name or the password is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            /** @description The form breaks a rule of its schema. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Unexpected"];
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["Unexpected"];
        };
    };
    readStatistics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            401: components["responses"]["Unknown"];
            500: components["responses"]["Unexpected"];
        };
    };
    listNotes: {
        parameters: {
            query?: {
                /** @description How many notes at the most. */
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Only notes with all of these. */
                tags?: components["schemas"]["Tag"][];
                /** @description Only notes like this. */
                filter?: components["schemas"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notes. */
            200: {
                headers: {
                    /** @description Where the next page is (RFC 8288). */
                    Link?: string[];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            401: components["responses"]["Unknown"];
            /** @description A parameter breaks a rule of its schema. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Unexpected"];
        };
    };
    createNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description The note. */
            201: {
                headers: {
                    /** @description Where it is. */
                    Location: string;
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unknown"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Invalid"];
            /** @description This user has written too many notes in this minute. */
            429: {
                headers: {
                    /** @description In how many seconds there is room again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: components["responses"]["Unexpected"];
        };
    };
    readNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is known already. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description It is the version that is known already. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unknown"];
            404: components["responses"]["Missing"];
            422: components["responses"]["Malformed"];
            500: components["responses"]["Unexpected"];
        };
    };
    replaceNote: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that the client has read. */
                "If-Match": string;
            };
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description The note as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unknown"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Missing"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["InvalidNote"];
            500: components["responses"]["Unexpected"];
        };
    };
    deleteNote: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that the client has read. */
                "If-Match": string;
            };
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unknown"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Missing"];
            412: components["responses"]["Stale"];
            422: components["responses"]["Malformed"];
            500: components["responses"]["Unexpected"];
        };
    };
    lookForNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that is known already. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note is there. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description It is the version that is known already. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unknown"];
            404: components["responses"]["Missing"];
            422: components["responses"]["Malformed"];
            500: components["responses"]["Unexpected"];
        };
    };
    mergeNote: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that the client has read. */
                "If-Match": string;
            };
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["NotePatch"];
            };
        };
        responses: {
            /** @description The note as it is now. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            401: components["responses"]["Unknown"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Missing"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["InvalidNote"];
            500: components["responses"]["Unexpected"];
        };
    };
    readAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    /** @description The name to keep it by. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "image/*": string;
                };
            };
            401: components["responses"]["Unknown"];
            404: components["responses"]["Missing"];
            406: components["responses"]["Unacceptable"];
            422: components["responses"]["Malformed"];
            500: components["responses"]["Unexpected"];
        };
    };
    writeAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The note's id. */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
                "image/*": string;
                "multipart/form-data": components["schemas"]["Upload"];
            };
        };
        responses: {
            /** @description It is attached. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unknown"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Missing"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["Malformed"];
            500: components["responses"]["Unexpected"];
        };
    };
    exportNotes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All notes, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/jsonl": string;
                };
            };
            401: components["responses"]["Unknown"];
            406: components["responses"]["Unacceptable"];
            500: components["responses"]["Unexpected"];
        };
    };
    watchNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The event that is known already. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event for each change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Change"];
                };
            };
            401: components["responses"]["Unknown"];
            422: components["responses"]["Malformed"];
            500: components["responses"]["Unexpected"];
        };
    };
}
/** The kind of each security scheme of the contract: how what is sent for it is read. */
export interface securitySchemes {
    Login: "bearer";
    Key: "apiKey";
}
/** Which security schemes vouch for the caller of each operation; `never` where none is asked for. */
export interface security {
    logIn: never;
    readHealth: never;
    readStatistics: "Key";
    listNotes: "Login" | "Key";
    createNote: "Login";
    readNote: "Login" | "Key";
    replaceNote: "Login";
    deleteNote: "Login";
    lookForNote: "Login" | "Key";
    mergeNote: "Login";
    readAttachment: "Login" | "Key";
    writeAttachment: "Login";
    exportNotes: "Login" | "Key";
    watchNotes: "Login" | "Key";
}
/** The parameters of each operation that have a default, by where they are: a handler always gets them. */
export interface defaults {
    logIn: object;
    readHealth: object;
    readStatistics: object;
    listNotes: { query: "limit" };
    createNote: object;
    readNote: object;
    replaceNote: object;
    deleteNote: object;
    lookForNote: object;
    mergeNote: object;
    readAttachment: object;
    writeAttachment: object;
    exportNotes: object;
    watchNotes: object;
}
/** The parts of the forms of each operation that are files; `never` where none is. */
export interface files {
    logIn: never;
    readHealth: never;
    readStatistics: never;
    listNotes: never;
    createNote: never;
    readNote: never;
    replaceNote: never;
    deleteNote: never;
    lookForNote: never;
    mergeNote: never;
    readAttachment: never;
    writeAttachment: "file";
    exportNotes: never;
    watchNotes: never;
}
/** The HEADs that need no handler, by the GETs whose handlers answer them, too. */
export interface heads {
    lookForNote: "readNote";
}
