"""A page that tells whether the services of a house are well."""

from flask import Flask, jsonify

app = Flask(__name__)
SERVICES = {"heating": True, "door": True, "garden": False}


@app.route("/")
def status():
    return jsonify(SERVICES)


@app.route("/<name>")
def one(name):
    if name not in SERVICES:
        return jsonify({"error": "unknown service"}), 404
    return jsonify({name: SERVICES[name]})


if __name__ == "__main__":
    app.run(debug=True)
