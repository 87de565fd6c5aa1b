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
         * @description The password grant of OAuth2 ([RFC 6749 §4.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.3)): takes a
         *     username and a password as a form, and answers with an access token for the `Authorization` header.
         *     A parameter without a value counts as absent, and a parameter that is not listed here is ignored.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the current user
         * @description Answers with the user whom the access token stands for, if that user is active.
         */
        get: operations["readUsersMe"];
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
        /** @description The form of the password grant. To insist on `grant_type`, as OAuth2 does to the letter, add it to `required`. */
        PasswordGrantForm: {
            /** @description Which grant it is. If it is sent, it must be `password`. */
            grant_type?: string;
            /** @description The name of the user, in its exact case. */
            username: string;
            /**
             * Format: password
             * @description The password of the user.
             */
            password: string;
            /** @description The scopes that the client asks for, separated by spaces. */
            scope?: string[];
            /** @description The name of the client. It is not checked. */
            client_id?: string;
            /**
             * Format: password
             * @description The secret of the client. It is not checked.
             */
            client_secret?: string;
        };
        /** @description What a login gives (RFC 6749 §5.1). */
        Token: {
            /**
             * @description The token for the `Authorization` header. As long as the security is fake, it is the username, which is not
             *     secure at all.
             */
            readonly access_token: string;
            /**
             * @description How to use the token (RFC 6750).
             * @constant
             */
            token_type: "bearer";
            /** @description How long a real token is good, in seconds. */
            readonly expires_in?: number;
            /** @description The scopes that a real token is good for, separated by spaces. */
            readonly scope?: string;
        };
        /** @description A user, as others may see it. */
        User: {
            /** @description The name that the user logs in with. */
            username: string;
            /** @description Where to write to the user. */
            email: string | null;
            /** @description What to call the user. */
            full_name: string | null;
            /** @description Whether the account is disabled. A disabled user can log in, but do nothing with the token. */
            disabled: boolean | null;
        };
        /** @description A user, as the database has it. */
        UserInDB: components["schemas"]["User"] & {
            /** @description The hash of the password: the password with a prefix. It is here only as long as the security is fake. */
            readonly hashed_password?: string;
        };
        /** @description Why a request was refused. */
        HTTPError: {
            /** @description The reason, in a few words. */
            detail: string;
        };
        /** @description Why a request for a token was refused, in real mode with the words that OAuth clients read. */
        OAuthError: components["schemas"]["HTTPError"] & {
            error?: components["schemas"]["OAuthErrorCode"];
            error_description?: components["schemas"]["OAuthErrorDescription"];
        };
        /**
         * @description The reason as a code (RFC 6749 §5.2). Not there as long as the security is fake.
         * @enum {string}
         */
        OAuthErrorCode: "invalid_grant" | "invalid_scope" | "invalid_request" | "unsupported_grant_type";
        /** @description The reason for people who make clients (RFC 6749 §5.2). Not there as long as the security is fake. */
        OAuthErrorDescription: string;
        /** @description The rules of the contract that a request breaks. */
        HTTPValidationError: {
            /** @description One entry for each broken rule. */
            detail: components["schemas"]["ValidationError"][];
            error?: components["schemas"]["OAuthErrorCode"];
            error_description?: components["schemas"]["OAuthErrorDescription"];
        };
        /** @description A rule of the contract that a request breaks. */
        ValidationError: {
            /** @description Where the rule was broken, from the part of the request (`body`, `query`, …) to the field. */
            loc: (string | number)[];
            /** @description The rule, in words. */
            msg: string;
            /** @description The rule, as a code. */
            type: string;
            /** @description The numbers and patterns that the rule is about. */
            ctx?: {
                [key: string]: unknown;
            };
        };
    };
    responses: {
        /** @description The access token is good, but the user's account is disabled. */
        InactiveUser: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description There is no bearer token, or it stands for nobody. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["BearerChallenge"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description Something unexpected went wrong. The cause is in the server's log. */
        UnexpectedError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description The database is away. `Retry-After` says when to try again. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
    };
    parameters: never;
    requestBodies: {
        /** @description The parameters of the password grant. */
        PasswordGrant: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["PasswordGrantForm"];
            };
        };
    };
    headers: {
        /** @description The way to authenticate, and what is wrong with a real token that was sent (RFC 6750 §3). */
        BearerChallenge: string;
        /** @description In how many seconds to try again (RFC 9110 §10.2.3). */
        RetryAfter: number;
        /** @description An answer about tokens is never stored (RFC 6749 §5.1). */
        NoStore: "no-store";
        /** @description The same for HTTP/1.0 caches (RFC 6749 §5.1). */
        NoCache: "no-cache";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["PasswordGrant"];
        responses: {
            /** @description The username and the password belong together. Here is the access token. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description No such user, or a wrong password; the answer doesn't say which. Or a scope that nobody knows. */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The form has more than 16 KiB (16,384 bytes) or more than 64 fields. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The form is compressed, or in another charset than UTF-8. */
            415: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The form breaks a rule of its schema. Each broken rule is listed. */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
            /** @description Too many logins failed, of this user or from this address. `Retry-After` says when to try again. */
            429: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPError"];
                };
            };
            /** @description Something unexpected went wrong. The cause is in the server's log. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPError"];
                };
            };
            /** @description The database is away, or too many log in at once. `Retry-After` says when to try again. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPError"];
                };
            };
        };
    };
    readUsersMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The current user. As long as the security is fake, it is the stored record, its `hashed_password` included,
             *     because that shows what a fake hash looks like. A real hash never leaves the server.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInDB"];
                };
            };
            400: components["responses"]["InactiveUser"];
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["UnexpectedError"];
            503: components["responses"]["Unavailable"];
        };
    };
}
/** The kind of each security scheme of the contract: how what is sent for it is read. */
export interface securitySchemes {
    OAuth2PasswordBearer: "bearer";
}
/** Which security schemes vouch for the caller of each operation; `never` where none is asked for. */
export interface security {
    login: never;
    readUsersMe: "OAuth2PasswordBearer";
}
/** The parameters of each operation that have a default, by where they are: a handler always gets them. */
export interface defaults {
    login: object;
    readUsersMe: object;
}
/** The parts of the forms of each operation that are files; `never` where none is. */
export interface files {
    login: never;
    readUsersMe: never;
}
/** The HEADs that need no handler, by the GETs whose handlers answer them, too. */
export interface heads {
}
